#include "git/config/files.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "git/config/parser.h"

namespace gs::git {
namespace {

// Where the file of the whole machine lies, git was told when it was built. Built for /usr, as
// distributions do, it is this one.
constexpr const char* kSystemFile = "/etc/gitconfig";
constexpr std::array<const char*, 3> kPackagedPrograms{"/usr/bin/git", "/usr/lib/git-core/git",
                                                       "/usr/libexec/git-core/git"};

bool is_packaged_git() {
#ifdef __linux__
  const auto program = find_program("git");
  if (!program) return false;
  const std::string path = real_path(*program);
  for (const char* packaged : kPackagedPrograms) {
    if (path == packaged) return true;
  }
#endif
  return false;
}

class Reader {
 public:
  // False where git has to be asked.
  bool read_all(const std::string& git_dir, const std::string& common_dir,
                const std::string& local_origin) {
    for (const char* variable : {"GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"}) {
      if (environment_variable(variable)) return false;
    }
    return read_system() && read_global() &&
           read(join_path(common_dir, "config"), "local", join_path(local_origin, "config")) &&
           read_worktree(git_dir, common_dir, local_origin);
  }

  std::vector<ConfigValue> values;

 private:
  bool read_system() {
    if (const auto none = environment_variable("GIT_CONFIG_NOSYSTEM")) {
      const auto is_none = parse_bool(*none);
      if (!is_none || *is_none) return is_none.has_value();
    }
    if (const auto named = environment_variable("GIT_CONFIG_SYSTEM")) {
      return read(*named, "system", *named);
    }
    return is_packaged_git() && read(kSystemFile, "system", kSystemFile);
  }

  bool read_global() {
    if (const auto named = environment_variable("GIT_CONFIG_GLOBAL")) {
      return read(*named, "global", *named);
    }
    const auto home = environment_variable("HOME");
    if (!home || !home->starts_with('/')) return false;
    const auto xdg = environment_variable("XDG_CONFIG_HOME");
    const std::string directory = xdg && !xdg->empty() ? *xdg : *home + "/.config";
    const std::string first = directory + "/git/config";
    const std::string second = *home + "/.gitconfig";
    return read(first, "global", first) && read(second, "global", second);
  }

  // The worktree's own file counts where the common one says so.
  bool read_worktree(const std::string& git_dir, const std::string& common_dir,
                     const std::string& local_origin) {
    bool counts = false;
    for (const ConfigValue& value : values) {
      if (value.scope != "local" || value.key != "extensions.worktreeconfig") continue;
      const auto set = parse_bool(value.value);
      if (!set) return false;
      counts = *set;
    }
    if (!counts) return true;
    const std::string origin = git_dir == common_dir ? local_origin : git_dir;
    return read(join_path(git_dir, "config.worktree"), "worktree",
                join_path(origin, "config.worktree"));
  }

  bool read(const std::string& path, const char* scope, const std::string& origin) {
    if (path.empty()) return true;
    // Git, run elsewhere, would look elsewhere.
    if (!path.starts_with('/')) return false;
    if (::access(path.c_str(), R_OK) != 0) return errno == ENOENT || errno == ENOTDIR;
    const auto content = read_file_if_exists(path);
    auto settings = parse_config(content.value_or(""));
    if (!settings) return false;
    for (ConfigSetting& setting : *settings) {
      values.push_back({std::move(setting.key), std::move(setting.value), scope, "file:" + origin});
    }
    return true;
  }
};

}  // namespace

std::optional<std::vector<ConfigValue>> read_config_files(const std::string& git_dir,
                                                          const std::string& common_dir,
                                                          const std::string& local_origin) {
  Reader reader;
  try {
    if (!reader.read_all(git_dir, common_dir, local_origin)) return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;  // git has its own words
  }
  return std::move(reader.values);
}

}  // namespace gs::git
