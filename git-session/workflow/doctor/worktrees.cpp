#include <algorithm>
#include <map>

#include "base/file/file.h"
#include "base/text.h"
#include "git/checkout.h"
#include "git/refs.h"
#include "git/status/status.h"
#include "git/temporary_worktree.h"
#include "session/closing.h"
#include "session/current.h"
#include "session/home.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;
using session::Diagnosis;

void examine_gate_trees(const git::Repository& repository, Diagnoses& found) {
  const std::vector<std::string> stale = git::stale_worktrees(repository);
  if (stale.empty()) return;
  const std::string more =
      stale.size() == 1 ? "" : " and " + std::to_string(stale.size() - 1) + " more";
  Diagnosis diagnosis =
      session::wrong(Area::Worktrees, "'" + stale.front() + "'" + more + ", left by a killed close",
                     {"git session doctor --fix"});
  diagnosis.repair = session::Repair::GateTrees;
  found.push_back(std::move(diagnosis));
}

// git keeps its records of a worktree whose directory was deleted.
void examine_deleted(const git::Repository& repository, Diagnoses& found) {
  const std::string links = join_path(repository.common_dir(), "worktrees");
  for (const std::string& name : list_directory(links)) {
    const std::string records = join_path(links, name);
    const auto link = git::path_in_file(records, "gitdir");
    if (!link || file_info(*link) || file_info(join_path(records, "locked"))) continue;
    if (git::is_temporary_worktree(parent_directory(normalize_path(*link)))) continue;
    found.push_back(session::note(Area::Worktrees,
                                  "worktree '" + parent_directory(*link) + "' is gone",
                                  {"git worktree prune"}));
  }
}

// The sessions that were closed in each worktree, by its name.
std::map<std::string, std::string> closed_sessions(const git::Repository& repository) {
  std::map<std::string, std::string> sessions;
  const std::string closed = session::private_closed_sessions(repository.common_dir());
  for (const std::string& id : list_directory(closed)) {
    const auto worktree =
        read_file_if_exists(join_path(join_path(closed, id), std::string(session::kWorktreeFile)));
    if (worktree) sessions[std::string(trim(*worktree))] = id;
  }
  return sessions;
}

// A tracked session is known by the report of its close.
std::string last_closed(const git::Checkout& worktree,
                        const std::map<std::string, std::string>& sessions) {
  const auto known = sessions.find(session::worktree_name(worktree.git_dir));
  if (known != sessions.end()) return known->second;
  const auto reports = list_directory(session::reports_directory(worktree.git_dir));
  if (reports.empty()) return "";
  const std::string& name = reports.back();
  return name.substr(0, name.rfind('.'));
}

void examine_finished(const session::Workspace& workspace, Diagnoses& found) {
  const git::Repository& repository = workspace.repository;
  const auto sessions = closed_sessions(repository);
  std::vector<std::string> ignored;
  const auto running = session::running_sessions(repository, &ignored);
  for (const git::Checkout& worktree : git::list_worktrees(repository)) {
    if (session::worktree_name(worktree.git_dir) == "." ||
        worktree.git_dir == repository.git_dir() ||
        file_info(join_path(worktree.git_dir, "locked")))
      continue;
    const bool is_used = std::any_of(
        running.begin(), running.end(),
        [&](const session::RunningSession& each) { return each.worktree == worktree.work_tree; });
    const std::string session = is_used ? "" : last_closed(worktree, sessions);
    if (session.empty()) continue;
    const git::Status status = git::read_status(git::Repository::open(worktree));
    const bool is_clean = status.clean();
    const std::string text = "session '" + session + "' is closed, and its worktree '" +
                             worktree.work_tree + "' is still there";
    found.push_back(
        session::note(Area::Worktrees, text + (is_clean ? "" : ", with uncommitted changes"),
                      {is_clean ? "git worktree remove " + quote_shell(worktree.work_tree)
                                : "commit or save what is there, then git worktree remove " +
                                      quote_shell(worktree.work_tree)}));
  }
}

}  // namespace

void examine_worktrees(const session::Workspace& workspace, Diagnoses& found) {
  const std::size_t before = found.size();
  examine_gate_trees(workspace.repository, found);
  examine_deleted(workspace.repository, found);
  examine_finished(workspace, found);
  if (found.size() == before)
    found.push_back(session::checked(Area::Worktrees, "none is left over"));
}

}  // namespace gs::workflow
