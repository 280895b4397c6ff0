#include "base/leftovers.h"

#include <sys/types.h>

#include <cerrno>
#include <csignal>
#include <string_view>

#include "base/file.h"
#include "base/parse_number.h"

namespace gs {
namespace {

// ".git-session-PID-NUMBER.tmp"
bool is_of_dead_process(std::string_view name) {
  constexpr std::string_view kPrefix = ".git-session-";
  if (!name.starts_with(kPrefix) || !name.ends_with(".tmp")) return false;
  name.remove_prefix(kPrefix.size());
  const auto pid = parse_number(name.substr(0, name.find('-')), 9);
  return pid && *pid > 0 && kill(static_cast<pid_t>(*pid), 0) != 0 && errno == ESRCH;
}

}  // namespace

void remove_leftovers(const std::string& directory) {
  for (const std::string& name : list_directory(directory)) {
    if (is_of_dead_process(name)) remove_file(join_path(directory, name));
  }
}

}  // namespace gs
