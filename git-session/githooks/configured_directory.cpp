#include "githooks/call.h"

#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "git/checkout.h"
#include "git/config/files.h"

namespace gs::githooks {

namespace {

constexpr const char* kKey = "session.state-dir";

// An included file may set the key, too.
bool may_name_key(std::string_view text) {
  const std::string lower = to_lower(text);
  return lower.find("state-dir") != std::string::npos ||
         lower.find("[include") != std::string::npos;
}

bool is_configured_anywhere(const std::string& git_dir, const std::string& common_dir) {
  if (environment_variable("GIT_CONFIG_COUNT")) return true;
  if (may_name_key(environment_variable("GIT_CONFIG_PARAMETERS").value_or(""))) return true;
  for (const git::ConfigFile& file : git::config_files(git_dir, common_dir, common_dir)) {
    const auto text = read_file_if_exists(file.path);
    if (text && may_name_key(*text)) return true;
  }
  return false;
}

}  // namespace

std::string configured_directory(const HookCall& call) {
  if (!file_info(join_path(call.git_dir, "git-session"))) return "";
  const std::string common_dir = git::common_dir_of(call.git_dir);
  if (!is_configured_anywhere(call.git_dir, common_dir)) return "";
  auto values = git::read_config_files(call.git_dir, common_dir, common_dir);
  if (!values) values = git::read_all_config(git::GitCommand(call.work_tree));
  return git::last_value(*values, kKey).value_or("");
}

}  // namespace gs::githooks
