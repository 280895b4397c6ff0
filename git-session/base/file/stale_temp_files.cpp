#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <optional>

#include "base/file/file.h"
#include "base/text.h"

namespace gs {
namespace {

constexpr std::string_view kPrefix = ".git-session-";
constexpr std::string_view kSuffix = ".tmp";

std::optional<pid_t> process_of(std::string_view name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  name.remove_suffix(std::min(kSuffix.size(), name.size()));
  const std::size_t dash = name.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto pid = parse_number(name.substr(0, dash), 9);
  const auto number = parse_number(name.substr(dash + 1), 18);
  return pid && *pid > 0 && number ? std::optional(static_cast<pid_t>(*pid)) : std::nullopt;
}

// Ended but not reaped by its parent: it keeps its id until then.
bool is_zombie(pid_t pid) {
  const auto status = read_file_if_exists("/proc/" + std::to_string(pid) + "/stat");
  return status && status->find(") Z ") != std::string::npos;
}

}  // namespace

std::string new_temp_file_name() {
  static std::atomic<unsigned> counter{0};
  return std::string(kPrefix) + std::to_string(getpid()) + "-" + std::to_string(counter++) +
         std::string(kSuffix);
}

bool is_temp_file_name(std::string_view name) {
  return process_of(name).has_value();
}

bool is_of_dead_process(std::string_view temp_file_name) {
  const std::optional<pid_t> pid = process_of(temp_file_name);
  if (!pid) return false;
  return kill(*pid, 0) == 0 ? is_zombie(*pid) : errno == ESRCH;
}

void remove_stale_temp_files(const std::string& directory) {
  for (const std::string& name : list_directory(directory)) {
    if (is_of_dead_process(name)) remove_file(join_path(directory, name));
  }
}

}  // namespace gs
