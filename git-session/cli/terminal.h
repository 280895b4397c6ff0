#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "git/config/values.h"
#include "report/style.h"

namespace gs::cli {

// What kind of output the user gets.
struct Style {
  report::Colour colour = report::Colour::Off;      // on stdout
  report::Colour err_colour = report::Colour::Off;  // on stderr
  std::size_t columns = 80;                         // of stdout
  std::size_t err_columns = 80;                     // of stderr
};
// From color.session, color.ui, NO_COLOR, GIT_PAGER_IN_USE and whether the streams are terminals.
[[nodiscard]] Style detect_style(const std::vector<git::ConfigValue>& git_config);

[[nodiscard]] std::size_t output_columns();  // of stdout

// In the local time zone: "23:05" of today, else "2026-11-22".
[[nodiscard]] std::string short_time(Timestamp time, Timestamp now);

// Of a session: "12 min", "2 h 05 min", "3 days".
[[nodiscard]] std::string format_minutes(std::chrono::milliseconds age);

[[nodiscard]] bool stderr_can_move_back();  // a terminal that is not dumb
[[nodiscard]] bool can_ask();               // stdin and stderr are terminals

// The one way to stdout and stderr, through report::to_screen: texts may hold anything. stdout is
// checked: a failed write (a full disk, not a closed pipe) is an error at the end.
void print(std::string_view text);
void print_line(std::string_view text);
void print_error(std::string_view text);  // to stderr
void erase_error_line();                  // the last, unfinished line of stderr
void warning(std::string_view text);      // "warning: …"
void hint(std::string_view text);         // "hint: …", for each line
// `prefix` and the text on stderr, wrapped at the width of the terminal.
void print_message(std::string_view prefix, std::string_view text);
void flush_output();  // throws if stdout could not be written

}  // namespace gs::cli
