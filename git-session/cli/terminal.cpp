#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "base/process/process.h"
#include "base/text.h"

namespace gs::cli {

namespace {

// By git's way of telling: the first of these variables that is set.
bool terminal_shows_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = to_lower(environment_variable(name).value_or(""));
    if (!value.empty())
      return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

// The program's own marks, each of one column. Names of files stay: git writes their bytes, too.
std::string in_ascii(std::string_view text) {
  constexpr std::pair<std::string_view, char> kMarks[] = {
      {"✓", '+'}, {"✗", 'x'}, {"◐", '~'}, {"○", 'o'}, {"–", '-'},
      {"→", '>'}, {"…", '~'}, {"·", '-'}, {"•", '*'}, {"—", '-'}};
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const auto mark = std::find_if(std::begin(kMarks), std::end(kMarks), [&](const auto& known) {
      return text.substr(at).starts_with(known.first);
    });
    shown += mark == std::end(kMarks) ? text[at] : mark->second;
    at += mark == std::end(kMarks) ? 1 : mark->first.size();
  }
  return shown;
}

void write(std::string_view text, std::FILE* stream) {
  static const bool utf8 = terminal_shows_utf8();
  const bool converts = !utf8 && ::isatty(::fileno(stream)) == 1;
  const std::string converted = converts ? in_ascii(text) : std::string();
  if (converts) text = converted;
  (void)std::fwrite(text.data(), 1, text.size(), stream);
}

// Piped output is for programs: nothing is cut or wrapped.
std::size_t columns_of(int fd) {
  if (const auto columns = environment_variable("COLUMNS")) {
    const long value = std::strtol(columns->c_str(), nullptr, 10);
    if (value >= 20 && value <= 1000) return static_cast<std::size_t>(value);
  }
  if (::isatty(fd) != 1) return report::kUnlimited;
  winsize size{};
  return ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20 ? size.ws_col : 80;
}

// git's rule: "always", or "auto" (true) on a terminal that is not dumb.
bool wants_colour(const std::vector<git::ConfigValue>& git_config, bool terminal) {
  if (!environment_variable("NO_COLOR").value_or("").empty()) return false;
  std::optional<std::string> value = git::last_value(git_config, "color.session");
  if (!value) value = git::last_value(git_config, "color.ui");
  const std::string setting = to_lower(value.value_or("auto"));
  if (setting == "always") return true;
  if (setting != "auto" && git::parse_bool(setting) != std::optional(true)) return false;
  return terminal && environment_variable("TERM").value_or("dumb") != "dumb";
}

}  // namespace

std::size_t output_columns() {
  return columns_of(STDOUT_FILENO);
}

Style detect_style(const std::vector<git::ConfigValue>& git_config) {
  // git's pager writes to a terminal.
  const bool paged = environment_variable("GIT_PAGER_IN_USE").has_value();
  const auto as_colour = [](bool on) { return on ? report::Colour::On : report::Colour::Off; };
  Style style;
  style.colour = as_colour(wants_colour(git_config, ::isatty(STDOUT_FILENO) == 1 || paged));
  style.err_colour = as_colour(wants_colour(git_config, ::isatty(STDERR_FILENO) == 1));
  // stdout is the pager's pipe then; stderr is still the terminal.
  style.columns = columns_of(paged ? STDERR_FILENO : STDOUT_FILENO);
  style.err_columns = columns_of(STDERR_FILENO);
  return style;
}

std::string short_time(Timestamp time, Timestamp now) {
  const std::string day = format_local_day(time);
  if (day != format_local_day(now)) return day;
  return format_local_hhmm(time).insert(2, ":");
}

std::string format_minutes(std::chrono::milliseconds age) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age).count();
  constexpr long kDay = 24 * 60;
  if (minutes >= 2 * kDay) return std::to_string(minutes / kDay) + " days";
  if (minutes < 60) return std::to_string(minutes) + " min";
  const std::string rest = std::to_string(minutes % 60);
  return std::to_string(minutes / 60) + " h " + (rest.size() < 2 ? "0" : "") + rest + " min";
}

bool stderr_can_move_back() {
  return ::isatty(STDERR_FILENO) == 1 && environment_variable("TERM").value_or("dumb") != "dumb";
}
bool can_ask() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

void print(std::string_view text) {
  write(report::to_screen(text), stdout);
}

void print_line(std::string_view text) {
  print(text);
  print("\n");
}

void print_error(std::string_view text) {
  (void)std::fflush(stdout);  // keeps the order when both are one terminal
  write(report::to_screen(text), stderr);
}

void erase_error_line() {
  (void)std::fflush(stdout);
  write("\r\x1B[K", stderr);
}

void print_message(std::string_view prefix, std::string_view text) {
  const std::size_t columns = columns_of(STDERR_FILENO);
  print_error(std::string(prefix) + report::hang(text, columns, prefix.size()) + "\n");
}

void warning(std::string_view text) {
  print_message("warning: ", text);
}

void hint(std::string_view text) {
  for (const std::string_view line : split_lines(text)) print_message("hint: ", line);
}

void flush_output() {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  if (errno == EPIPE) return;  // the reader has exited
  throw fatal("cannot write to standard output");
}

}  // namespace gs::cli
