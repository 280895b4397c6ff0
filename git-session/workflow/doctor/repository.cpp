#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/file/file.h"
#include "base/text.h"
#include "git/refs.h"
#include "session/bootstrap.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;
using session::Diagnosis;

bool is_on(const std::vector<git::ConfigValue>& config, const std::string& key) {
  const auto value = git::last_value(config, key);
  return value && git::parse_bool(*value).value_or(false);
}

bool has_key(const std::vector<git::ConfigValue>& config, std::string_view prefix,
             std::string_view suffix) {
  return std::any_of(config.begin(), config.end(), [&](const git::ConfigValue& value) {
    return value.key.starts_with(prefix) && value.key.ends_with(suffix);
  });
}

// What may matter for a bug report, in git's words.
std::string features(const session::Workspace& workspace) {
  const git::Repository& repository = workspace.repository;
  const auto& config = workspace.git_config;
  const auto is_there = [&](const std::string& directory, const char* name) {
    return file_info(join_path(directory, name)).has_value();
  };
  const std::string& common = repository.common_dir();
  std::vector<std::string> names{"SHA-1", "refs as files"};
  const auto add = [&names](bool is, const char* name) {
    if (is) names.emplace_back(name);
  };
  add(repository.git_dir() != common, "linked worktree");
  add(is_there(common, "shallow"), "shallow");
  add(has_key(config, "remote.", ".promisor") || has_key(config, "extensions.partialclone", ""),
      "partial clone");
  add(is_on(config, "core.sparsecheckout"), "sparse checkout");
  add(is_on(config, "core.splitindex"), "split index");
  add(is_on(config, "index.sparse"), "sparse index");
  add(git::last_value(config, "core.fsmonitor").value_or("false") != "false", "fsmonitor");
  add(is_there(common, "objects/info/alternates"), "alternates");
  add(git::last_value(config, "core.sharedrepository").has_value(), "shared");
  add(repository.files().info(RepoPath(".gitmodules")).has_value(), "submodules");
  add(is_there(common, "lfs"), "Git LFS");
  return join(names, ", ");
}

// The setting by which a coding agent's sandbox lets the git directory be written.
std::vector<std::string> opened_by(const session::Workspace& workspace,
                                   const std::string& directory) {
  const std::string quoted = "\"" + directory + "\"";
  switch (workspace.platform) {
    case session::Platform::Codex:
      return {"in '~/.codex/config.toml':", "[sandbox_workspace_write]",
              "writable_roots = [" + quoted + "]"};
    case session::Platform::Claude:
      return {"in '.claude/settings.local.json', where its sandbox is on:",
              R"({ "sandbox": { "filesystem": { "allowWrite": [)" + quoted + "] } } }"};
    default:
      break;
  }
  return {"check its owner, mode and mount: ls -ld " + quote_shell(directory),
          "a coding agent's sandbox has a setting that opens it"};
}

void examine_permissions(const session::Workspace& workspace, Diagnoses& found) {
  const git::Repository& repository = workspace.repository;
  std::vector<std::string> places{repository.git_dir()};
  for (const char* name : {"", "objects", "refs", "git-session"}) {
    const std::string place =
        *name == '\0' ? repository.common_dir() : join_path(repository.common_dir(), name);
    if (file_info(place)) places.push_back(place);
  }
  for (const std::string& place : places) {
    if (access(place.c_str(), W_OK | X_OK) == 0) continue;
    const std::string why = std::strerror(errno);
    found.push_back(session::broken(Area::Repository, "'" + place + "' cannot be written: " + why,
                                    opened_by(workspace, repository.common_dir())));
    return;
  }
  found.push_back(session::checked(Area::Repository, "the git directory can be written"));
}

void examine_operation(const git::Repository& repository, Diagnoses& found) {
  const git::Operation operation = repository.operation_in_progress();
  if (operation == git::Operation::None) return;
  const std::string name(git::operation_name(operation));
  const std::string end =
      operation == git::Operation::Bisect
          ? "'git bisect reset' ends it"
          : "'git " + name + " --continue' finishes it, '--abort' takes it back";
  found.push_back(session::note(Area::Repository, "a " + name + " is in progress", {end}));
}

}  // namespace

Diagnosis diagnose_no_repository(const Error& error) {
  if (error.message().find("not a git repository") != std::string::npos) {
    return session::note(Area::Repository, "no git repository here",
                         {"run it again where one is: git -C DIRECTORY session doctor"});
  }
  if (error.message().find("must be run in a work tree") != std::string::npos) {
    return session::broken(
        Area::Repository, "no work tree here: a bare repository, or inside of a git directory",
        {"run it in a work tree; 'git worktree add DIRECTORY BRANCH' gives a bare repository one"});
  }
  return session::broken(Area::Repository, error, "git rev-parse --git-dir shows what git says");
}

void examine_repository(const session::Workspace& workspace, Diagnoses& found) {
  found.push_back(session::fine(Area::Repository, features(workspace)));
  examine_permissions(workspace, found);
  examine_operation(workspace.repository, found);
  if (const auto closed = session::check_bootstrap(workspace)) {
    found.push_back(
        session::note(Area::Repository, session::describe(*closed), {"git session init"}));
  }
}

}  // namespace gs::workflow
