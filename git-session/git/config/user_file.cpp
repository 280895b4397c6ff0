#include "git/config/user_file.h"

#include "base/file/file.h"
#include "base/process/process.h"

namespace gs::git {

std::optional<std::string> user_file(const std::vector<ConfigValue>& configuration,
                                     const std::string& key, const std::string& name) {
  const auto home = environment_variable("HOME");
  if (const auto named = last_value(configuration, key)) {
    if (named->starts_with("~/") && home) return join_path(*home, named->substr(2));
    if (named->starts_with('/') || named->empty()) return *named;
    return std::nullopt;
  }
  const auto xdg = environment_variable("XDG_CONFIG_HOME");
  if (xdg && !xdg->empty()) return join_path(*xdg, "git/" + name);
  return home ? join_path(*home, ".config/git/" + name) : "";
}

}  // namespace gs::git
