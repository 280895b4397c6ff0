#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "base/file/file.h"
#include "base/process/child.h"
#include "base/process/process.h"
#include "base/text.h"

namespace gs {
namespace {

bool is_executable_file(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::optional<std::string> environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::vector<std::string> program_candidates(std::string_view name,
                                            const std::optional<std::string>& search_path) {
  std::vector<std::string> candidates;
  if (name.empty()) {
    return candidates;
  }
  if (name.find('/') != std::string_view::npos) {
    candidates.emplace_back(name);
    return candidates;
  }
  for (const std::string_view directory : split(search_path ? *search_path : kDefaultPath, ':')) {
    candidates.push_back(join_path(directory.empty() ? "." : directory, name));
  }
  return candidates;
}

std::optional<std::string> find_program(std::string_view name) {
  for (std::string& candidate : program_candidates(name, environment_variable("PATH"))) {
    if (is_executable_file(candidate)) {
      return std::move(candidate);
    }
  }
  return std::nullopt;
}

std::vector<std::string> shell_argv(std::string command) {
  return {find_program("bash") ? "bash" : "sh", "-c", std::move(command)};
}

}  // namespace gs
