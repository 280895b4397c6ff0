#include "workflow/scope_report.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/status/status.h"
#include "session/state_scan.h"
#include "session/workspace.h"

namespace gs::workflow {

namespace {

// What a link leads to is judged as the path that it is.
bool is_directory(const TreeFiles& files, const RepoPath& path) {
  try {
    return files.is_directory(path);
  } catch (const Error&) {
    return false;
  }
}

using session::ScopeCheck;
using session::Workspace;

// What the program itself writes for a session is not the session's work.
bool is_record(const RepoPath& path, const std::vector<std::string>& directories) {
  if (session::is_shared_record(path)) return true;
  return std::any_of(directories.begin(), directories.end(), [&](const std::string& directory) {
    return session::is_session_record(path, RepoPath(directory));
  });
}

std::vector<RepoPath> staged(const git::Status& status) {
  std::vector<RepoPath> paths;
  for (const git::StatusEntry& entry : status.entries) {
    if (entry.head != entry.index && !entry.intent_to_add) paths.push_back(entry.path);
  }
  for (const git::UnmergedEntry& entry : status.unmerged) paths.push_back(entry.path);
  std::sort(paths.begin(), paths.end());
  return paths;
}

git::ObjectId commit_named(const Workspace& workspace, const std::string& revision) {
  const auto oid = workspace.repository.resolve_commit(revision);
  if (!oid) throw usage_error("'" + revision + "' is not a commit");
  return *oid;
}

std::vector<git::ObjectId> commits_of(const Workspace& workspace, const std::string& range) {
  const std::size_t dots = range.find("..");
  if (dots == std::string::npos || range.find("...") != std::string::npos) {
    throw usage_error("'" + range + "' is not a range A..B")
        .with_hint("one commit is '--commit REV'; the session's own are '--range START..HEAD'");
  }
  const auto end_named = [&](const std::string& revision) {
    return commit_named(workspace, revision.empty() ? "HEAD" : revision);
  };
  const git::ObjectId from = end_named(range.substr(0, dots));
  const git::ObjectId to = end_named(range.substr(dots + 2));
  auto commits =
      workspace.repository.commits_between(from, to, std::numeric_limits<std::size_t>::max());
  std::reverse(commits.begin(), commits.end());
  return commits;
}

class Check {
 public:
  Check(const Workspace& workspace, const ScopeCheck& scope)
      : workspace_(workspace),
        scope_(scope),
        records_(session::with_name(session::state_directory_names(), workspace.state_directory)) {}

  void changes(const std::vector<RepoPath>& paths, const std::optional<git::ObjectId>& commit) {
    for (const RepoPath& path : paths) {
      ++report_.paths;
      if (is_record(path, records_)) continue;
      if (auto violation = scope_.check(path)) add(std::move(*violation), commit);
    }
  }

  void commit(const git::ObjectId& oid) {
    const git::Repository& repository = workspace_.repository;
    const git::Commit commit = repository.commit(oid);
    const git::ObjectId before = commit.parents.empty()
                                     ? git::Repository::empty_tree()
                                     : repository.commit(commit.parents.front()).tree;
    std::vector<RepoPath> paths;
    for (git::TreeDiffEntry& entry : repository.diff_trees(before, commit.tree)) {
      paths.push_back(std::move(entry.path));
    }
    const std::size_t known = report_.violations.size();
    changes(paths, oid);
    ++report_.commits;
    if (report_.violations.size() > known) report_.violating.push_back(commit);
  }

  // A directory stands for the changes in it.
  void path_as_typed(const std::string& path) {
    const git::Repository& repository = workspace_.repository;
    const std::string directory = join_path(repository.work_tree(), repository.prefix());
    const auto inside = RepoPath::resolve(path, repository.prefix(), repository.work_tree());
    if (inside && is_directory(repository.files(), *inside)) {
      std::vector<RepoPath> below;
      for (const RepoPath& changed : git::changed_paths(git::read_status(repository))) {
        if (changed.is_below(*inside)) below.push_back(changed);
      }
      changes(below, std::nullopt);
      return;
    }
    ++report_.paths;
    if (auto violation = scope_.check_written(path, directory, repository.work_tree())) {
      add(std::move(*violation), std::nullopt);
    }
  }

  ScopeReport take() { return std::move(report_); }

 private:
  void add(session::ScopeViolation violation, const std::optional<git::ObjectId>& commit) {
    report_.violations.push_back({std::move(violation), commit});
  }

  const Workspace& workspace_;
  const ScopeCheck& scope_;
  std::vector<std::string> records_;  // state directories
  ScopeReport report_;
};

}  // namespace

ScopeCheck scope_in_use(const Workspace& workspace) {
  return {session::find_wave_scope(workspace.repository.work_tree(), workspace.state_directory),
          session::enforcement_of(workspace.config),
          session::with_name(session::state_directory_names(), workspace.state_directory)};
}

ScopeReport check_scope(const Workspace& workspace, const ScopeCheck& scope,
                        const ScopeTarget& target) {
  Check check(workspace, scope);
  if (target.commit) {
    check.commit(commit_named(workspace, *target.commit));
  } else if (target.range) {
    for (const git::ObjectId& oid : commits_of(workspace, *target.range)) check.commit(oid);
  } else if (!target.paths.empty()) {
    for (const std::string& path : target.paths) check.path_as_typed(path);
  } else {
    const git::Status status = git::read_status(workspace.repository);
    check.changes(target.staged ? staged(status) : git::changed_paths(status), std::nullopt);
  }
  return check.take();
}

}  // namespace gs::workflow
