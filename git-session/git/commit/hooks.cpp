#include "git/commit/hooks.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/file/file.h"
#include "base/text.h"
#include "git/libgit2.h"
#include "git/version.h"

namespace gs::git {
namespace {

// Relative to the top of the work tree, where hooks run.
std::string hooks_directory(const Repository& repository) {
  const auto configured = last_value(repository.impl().configuration(), "core.hookspath");
  if (!configured) return join_path(repository.common_dir(), "hooks");
  std::string path = *configured;
  // "~/", "~user/", "%(prefix)/": git resolves them.
  if (path.starts_with('~') || path.starts_with('%')) {
    path = repository.git().output({"rev-parse", "--git-path", "hooks"});
    path = path.substr(0, path.find('\n'));
  }
  return path_from(repository.work_tree(), path);
}

bool is_executable_file(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

}  // namespace

CommitHooks::CommitHooks(const Repository& repository)
    : repository_(repository), directory_(hooks_directory(repository)) {}

std::string CommitHooks::file(std::string_view name) const {
  return join_path(directory_, name);
}

bool CommitHooks::exists(std::string_view name) const {
  if (is_executable_file(file(name))) return true;
  const std::vector<ConfigValue>& configuration = repository_.impl().configuration();
  return std::any_of(configuration.begin(), configuration.end(), [&](const ConfigValue& value) {
    return value.key.starts_with("hook.") && value.key.ends_with(".event") && value.value == name;
  });
}

ProcessResult CommitHooks::run(const std::string& name, const std::vector<std::string>& arguments,
                               const std::map<std::string, std::optional<std::string>>& environment,
                               const std::string& input) const {
  ProcessOptions options;
  options.input = input;
  options.environment = environment;
  // Hooks get the user's values, not those set for plumbing.
  options.environment.try_emplace("LC_ALL", environment_variable("LC_ALL"));
  options.environment.try_emplace("GIT_OPTIONAL_LOCKS", environment_variable("GIT_OPTIONAL_LOCKS"));
  options.merge_stderr = true;
  options.foreground = true;
  if (input.empty() && is_git_at_least(repository_, 2, 36)) {
    std::vector<std::string> args{"hook", "run", "--ignore-missing", name, "--"};
    args.insert(args.end(), arguments.begin(), arguments.end());
    return repository_.git().run(std::move(args), std::move(options));
  }
  if (!is_executable_file(file(name))) return {};
  options.working_directory = repository_.work_tree();
  options.environment.try_emplace("GIT_PREFIX", "");
  std::vector<std::string> argv{file(name)};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return run_process(argv, options);
}

bool is_git_at_least(const Repository& repository, int major, int minor) {
  const auto version = parse_version(repository.git().output({"version"}));
  return version && *version >= Version{major, minor};
}

}  // namespace gs::git
