#include "base/process/running.h"

#include <unistd.h>

#include <array>
#include <set>

#include "base/file/file.h"
#include "base/text.h"

namespace gs {
namespace {

constexpr const char* kProcesses = "/proc";

std::string place_of(long pid) {
  return join_path(kProcesses, std::to_string(pid));
}

// "" if it is another user's, or has ended meanwhile.
std::string working_directory_of(long pid) {
  std::array<char, 4096> buffer{};
  const ssize_t length =
      readlink(join_path(place_of(pid), "cwd").c_str(), buffer.data(), buffer.size() - 1);
  return length > 0 ? std::string(buffer.data(), static_cast<std::size_t>(length)) : "";
}

// A field of proc_pid_stat(5), by its number there; those before the fourth are not asked for,
// since the second, the program's name, may hold anything.
std::optional<long long> field_of(long pid, std::size_t number) {
  const auto stat = read_file_if_exists(join_path(place_of(pid), "stat"));
  const std::size_t name_end = stat ? stat->rfind(") ") : std::string::npos;
  if (name_end == std::string::npos) return std::nullopt;
  const std::string_view rest = std::string_view(*stat).substr(name_end + 2);
  const auto fields = split(rest, ' ');
  constexpr std::size_t kFirst = 3;
  return number - kFirst < fields.size() ? parse_number(trim(fields[number - kFirst]), 18)
                                         : std::nullopt;
}

std::optional<long long> boot_time() {
  constexpr std::string_view kName = "btime ";
  const std::string text = read_file_if_exists(join_path(kProcesses, "stat")).value_or("");
  for (const std::string_view line : split_lines(text)) {
    if (line.starts_with(kName)) return parse_number(line.substr(kName.size()), 18);
  }
  return std::nullopt;
}

std::set<long> ancestors() {
  constexpr std::size_t kParent = 4;
  std::set<long> pids;
  for (std::optional<long long> pid = getpid(); pid && *pid > 0;
       pid = field_of(static_cast<long>(*pid), kParent)) {
    if (!pids.insert(static_cast<long>(*pid)).second) break;
  }
  return pids;
}

std::vector<std::string> arguments_of(long pid) {
  const std::string text = read_file_if_exists(join_path(place_of(pid), "cmdline")).value_or("");
  std::vector<std::string> arguments;
  for (const std::string_view argument : split(text, '\0')) arguments.emplace_back(argument);
  if (!arguments.empty() && arguments.back().empty()) arguments.pop_back();
  return arguments;
}

}  // namespace

std::optional<std::vector<RunningProcess>> processes_in(const std::string& directory) {
  constexpr std::size_t kStarted = 22;
  const auto boot = boot_time();
  const long ticks = sysconf(_SC_CLK_TCK);
  if (!boot || ticks <= 0 || working_directory_of(getpid()).empty()) return std::nullopt;
  const std::set<long> own = ancestors();
  const std::string below = directory.ends_with('/') ? directory : directory + '/';
  std::vector<RunningProcess> found;
  for (const std::string& name : list_directory(kProcesses)) {
    const auto number = parse_number(name, 9);
    const long pid = static_cast<long>(number.value_or(0));
    if (!number || own.contains(pid)) continue;
    const std::string where = working_directory_of(pid);
    if (where != directory && !where.starts_with(below)) continue;
    const auto started = field_of(pid, kStarted);
    std::vector<std::string> argv = arguments_of(pid);
    if (!started || argv.empty()) continue;
    const std::chrono::milliseconds since_boot(*started * 1000 / ticks);
    found.push_back({pid, std::move(argv), Timestamp(std::chrono::seconds(*boot)) + since_boot});
  }
  return found;
}

}  // namespace gs
