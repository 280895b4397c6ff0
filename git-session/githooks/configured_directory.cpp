#include "githooks/configured_directory.h"

#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "git/checkout.h"
#include "git/config/values.h"

namespace gs::githooks {

namespace {

constexpr const char* kKey = "session.state-dir";

std::vector<std::string> configuration_files(const std::string& git_dir) {
  std::vector<std::string> files{join_path(git_dir, "config"),
                                 join_path(git_dir, "config.worktree")};
  if (const std::string common = git::common_dir_of(git_dir); common != git_dir) {
    files.push_back(join_path(common, "config"));
  }
  const std::string home = environment_variable("HOME").value_or("");
  if (const auto global = environment_variable("GIT_CONFIG_GLOBAL")) {
    files.push_back(*global);
  } else {
    files.push_back(join_path(home, ".gitconfig"));
    files.push_back(
        join_path(environment_variable("XDG_CONFIG_HOME").value_or(join_path(home, ".config")),
                  "git/config"));
  }
  files.push_back(environment_variable("GIT_CONFIG_SYSTEM").value_or("/etc/gitconfig"));
  return files;
}

// A file that is included may name the key as well.
bool may_name_key(std::string_view text) {
  const std::string lower = to_lower(text);
  return lower.find("state-dir") != std::string::npos ||
         lower.find("[include") != std::string::npos;
}

bool is_configured_anywhere(const std::string& git_dir) {
  if (environment_variable("GIT_CONFIG_COUNT")) return true;
  if (may_name_key(environment_variable("GIT_CONFIG_PARAMETERS").value_or(""))) return true;
  for (const std::string& file : configuration_files(git_dir)) {
    const auto text = read_file_if_exists(file);
    if (text && may_name_key(*text)) return true;
  }
  return false;
}

}  // namespace

std::string configured_directory(const HookCall& call) {
  if (!file_info(join_path(call.git_dir, "git-session"))) return "";
  if (!is_configured_anywhere(call.git_dir)) return "";
  const git::GitCommand git(call.work_tree);
  return git::last_value(git::read_config(git, kKey), kKey).value_or("");
}

}  // namespace gs::githooks
