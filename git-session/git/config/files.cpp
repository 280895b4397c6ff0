#include "git/config/files.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"

namespace gs::git {
namespace {

// The path of the system-wide file is compiled into git: this one if built for /usr, as
// distributions do.
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

// Git's directory for the user's configuration; an empty XDG_CONFIG_HOME counts as unset.
std::optional<std::string> user_directory() {
  const auto xdg = environment_variable("XDG_CONFIG_HOME");
  if (xdg && !xdg->empty()) return join_path(*xdg, "git");
  const auto home = environment_variable("HOME");
  return home ? std::optional(join_path(*home, ".config/git")) : std::nullopt;
}

class Reader {
 public:
  // False if git has to be asked.
  bool read_all(const std::string& git_dir, const std::string& common_dir,
                const std::string& local_origin) {
    if (only_git_knows()) return false;
    for (const ConfigFile& file : config_files(git_dir, common_dir, local_origin)) {
      if (file.scope == std::string_view("worktree")) {
        const auto counts = worktree_file_counts();
        if (!counts) return false;
        if (!*counts) continue;
      }
      if (!read(file)) return false;
    }
    return true;
  }

  std::vector<ConfigValue> values;

 private:
  static bool only_git_knows() {
    for (const char* variable : {"GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"}) {
      if (environment_variable(variable)) return true;
    }
    const auto no_system = parse_bool(environment_variable("GIT_CONFIG_NOSYSTEM").value_or("no"));
    if (!no_system) return true;
    if (!*no_system && !environment_variable("GIT_CONFIG_SYSTEM") && !is_packaged_git())
      return true;
    return !environment_variable("GIT_CONFIG_GLOBAL") &&
           !environment_variable("HOME").value_or("").starts_with('/');
  }

  // Whether the common file enables the worktree's own file.
  [[nodiscard]] std::optional<bool> worktree_file_counts() const {
    bool counts = false;
    for (const ConfigValue& value : values) {
      if (value.scope != "local" || value.key != "extensions.worktreeconfig") continue;
      const auto set = parse_bool(value.value);
      if (!set) return std::nullopt;
      counts = *set;
    }
    return counts;
  }

  bool read(const ConfigFile& file) {
    const std::string& path = file.path;
    if (path.empty()) return true;
    // A relative path depends on where git runs.
    if (!path.starts_with('/')) return false;
    if (::access(path.c_str(), R_OK) != 0) return errno == ENOENT || errno == ENOTDIR;
    const auto content = read_file_if_exists(path);
    auto settings = parse_config(content.value_or(""));
    if (!settings) return false;
    for (ConfigSetting& setting : *settings) {
      values.push_back(
          {std::move(setting.key), std::move(setting.value), file.scope, "file:" + file.origin});
    }
    return true;
  }
};

}  // namespace

std::vector<ConfigFile> config_files(const std::string& git_dir, const std::string& common_dir,
                                     const std::string& local_origin) {
  std::vector<ConfigFile> files;
  const auto add_own = [&files](const char* scope, const std::string& path) {
    files.push_back({path, scope, path});
  };
  const auto no_system = environment_variable("GIT_CONFIG_NOSYSTEM");
  if (!no_system || !parse_bool(*no_system).value_or(false)) {
    add_own("system", environment_variable("GIT_CONFIG_SYSTEM").value_or(kSystemFile));
  }
  if (const auto named = environment_variable("GIT_CONFIG_GLOBAL")) {
    add_own("global", *named);
  } else {
    if (const auto directory = user_directory()) add_own("global", join_path(*directory, "config"));
    const auto home = environment_variable("HOME");
    if (home) add_own("global", join_path(*home, ".gitconfig"));
  }
  files.push_back({join_path(common_dir, "config"), "local", join_path(local_origin, "config")});
  const std::string origin = git_dir == common_dir ? local_origin : git_dir;
  files.push_back(
      {join_path(git_dir, "config.worktree"), "worktree", join_path(origin, "config.worktree")});
  return files;
}

std::optional<std::string> user_file(const std::vector<ConfigValue>& configuration,
                                     const std::string& key, const std::string& name) {
  if (const auto named = last_value(configuration, key)) {
    const auto home = environment_variable("HOME");
    if (named->starts_with("~/") && home) return join_path(*home, named->substr(2));
    if (named->starts_with('/') || named->empty()) return *named;
    return std::nullopt;
  }
  const auto directory = user_directory();
  return directory ? join_path(*directory, name) : "";
}

std::optional<std::vector<ConfigValue>> read_config_files(const std::string& git_dir,
                                                          const std::string& common_dir,
                                                          const std::string& local_origin) {
  Reader reader;
  try {
    if (!reader.read_all(git_dir, common_dir, local_origin)) return std::nullopt;
  } catch (const Error&) {
    return std::nullopt;  // git reports it better
  }
  return std::move(reader.values);
}

}  // namespace gs::git
