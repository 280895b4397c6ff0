#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/config/values.h"

namespace gs::git {

// A file that git reads its configuration from, if it is there.
struct ConfigFile {
  std::string path;
  const char* scope;   // system, global, local, worktree
  std::string origin;  // as git names it
};
// All of them, in git's order (git-config(1), "FILES"), as the environment has it. The one for the
// whole machine is where a packaged git has it; the worktree's own counts only where
// extensions.worktreeConfig is on.
[[nodiscard]] std::vector<ConfigFile> config_files(const std::string& git_dir,
                                                   const std::string& common_dir,
                                                   const std::string& local_origin);

// A user's own file that `key` may name ("core.attributesfile"), with "~/" resolved, or else `name`
// in git's directory of the user's configuration. "" where there is none; absent when only git
// knows.
[[nodiscard]] std::optional<std::string> user_file(const std::vector<ConfigValue>& configuration,
                                                   const std::string& key, const std::string& name);

// The configuration as `read_all_config` answers it, read from its files in the process, which
// takes a tenth of the time. Absent where only git can tell: the file of the whole machine is not
// where a packaged git has it, settings on the command line or in the environment, includes, files
// that cannot be read, and what `parse_config` leaves to it.
// `local_origin` is how git, run at the top of the work tree, names the common directory.
[[nodiscard]] std::optional<std::vector<ConfigValue>> read_config_files(
    const std::string& git_dir, const std::string& common_dir, const std::string& local_origin);

// A setting in a configuration file: section and name in lower case, a subsection as it is.
struct ConfigSetting {
  std::string key;
  std::string value;  // "true" for a key without "="
};

// The settings of a file of git's configuration (git-config(1), "Syntax"), in order. Absent where
// git would refuse it, where versions of git differ in what they read (white space other than
// spaces within a value), and where it holds an include: git knows.
[[nodiscard]] std::optional<std::vector<ConfigSetting>> parse_config(std::string_view content);

}  // namespace gs::git
