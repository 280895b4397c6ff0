#include "close/look/session_changes.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/screen.h"
#include "base/text.h"
#include "close/commit/commits.h"
#include "close/look/command_writes.h"
#include "close/look/isolation.h"
#include "git/index/staging.h"
#include "git/repository.h"
#include "session/closing.h"
#include "session/submodules.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

using session::Change;
using session::OwnedChange;
using session::Owner;

std::string digest(const std::map<RepoPath, git::TreeEntry>& entries) {
  std::string text;
  for (const auto& [path, entry] : entries) {
    text += path.bytes();
    text += '\0';
    text += git::format_mode(entry.mode) + entry.oid.hex() + "\n";
  }
  return git::Repository::hash_blob(text).hex();
}

// Everything that a gate could see except the session's own records: a result for the same
// fingerprint still holds, whatever has been committed meanwhile.
std::string fingerprint(const Context& context) {
  std::map<RepoPath, git::TreeEntry> entries;
  for (const Change& change : context.changes) {
    const bool as_at_the_base = change.worktree == change.base;
    if (!as_at_the_base && !session::is_record(context.workspace, change.path))
      entries[change.path] = change.worktree;
  }
  return digest(entries);
}

// Only what the close commits, or has committed.
std::string own_fingerprint(const Context& context) {
  std::map<RepoPath, git::TreeEntry> entries;
  const git::Repository& repository = context.repository();
  const git::ObjectId head = tree_of(repository, repository.head().commit);
  for (const Json& event : context.journal.events()) {
    if (event.value("event", "") != "commit-plan") continue;
    for (const CommitPlan& plan : commit_plans_from_json(event.at("commits"))) {
      for (const git::TreeDiffEntry& change : plan.changes)
        entries[change.path] = repository.tree_entry(head, change.path);
    }
  }
  for (const OwnedChange& owned : context.owned) {
    const bool own = owned.owner == Owner::Ours || owned.owner == Owner::Mixed;
    if ((own || entries.contains(owned.change.path)) &&
        !session::is_record(context.workspace, owned.change.path))
      entries[owned.change.path] = owned.change.worktree;
  }
  return digest(entries);
}

// Committed since the base by another session: claimed by it and not by this one.
bool is_others_commit(const Change& change, const session::Claim& claim,
                      const std::vector<session::OtherClaim>& others) {
  if (change.uncommitted() || claim.reason(change.path)) return false;
  return std::any_of(others.begin(), others.end(), [&](const session::OtherClaim& other) {
    return other.claim.reason(change.path).has_value();
  });
}

// `git commit` would stop there, too.
void require_convertible(const std::vector<git::LeftOut>& left_out, const session::Claim& claim) {
  for (const git::LeftOut& file : left_out) {
    const bool is_own = !claim.has_any() || claim.reason(file.path);
    if (file.kind == git::LeftOut::Kind::Filter && is_own)
      throw fatal("'" + file.path.quoted() + "' " + file.reason)
          .with_hint("fix the filter (git config --get-regexp '^filter\\.'), then close again");
  }
}

}  // namespace

void collect_changes(Context& context) {
  const session::Workspace& workspace = context.workspace;
  context.status = git::read_status(workspace.repository);
  session::FoundChanges found =
      session::find_changes(workspace.repository, context.session->base, context.status);
  context.changes = std::move(found.changes);
  session::leave_out(context.session->not_own, context.changes);
  context.fingerprint = fingerprint(context);
  // A run that was killed in a command has not yet noted what the command wrote.
  note_command_writes(context, context.status);

  const session::Claim claim = context.session->claim(workspace);
  require_convertible(found.left_out, claim);
  std::vector<std::string> unreadable;
  const std::vector<session::OtherClaim> others = session::other_claims(workspace, &unreadable);
  // Without another session's claims, its files may be taken for this session's.
  std::vector<std::string>& warnings = context.session->warnings;
  for (std::string& line : git::describe(found.left_out)) unreadable.push_back(std::move(line));
  for (std::string& problem : unreadable) {
    if (std::find(warnings.begin(), warnings.end(), problem) == warnings.end())
      warnings.push_back(std::move(problem));
  }
  std::vector<Change> uncommitted;
  for (const Change& change : context.changes) {
    if (change.uncommitted()) uncommitted.push_back(change);
  }
  context.owned = session::assign_owners(uncommitted, claim, others, context.session->baseline);
  session::follow_submodules(workspace.repository, context.owned);
  context.own_fingerprint = own_fingerprint(context);

  std::set<RepoPath> not_ours;
  for (const OwnedChange& owned : context.owned) {
    if (owned.owner != Owner::Ours && owned.owner != Owner::Mixed)
      not_ours.insert(owned.change.path);
  }
  std::erase_if(context.changes, [&](const Change& change) {
    return not_ours.contains(change.path) || session::is_record(workspace, change.path) ||
           is_others_commit(change, claim, others) ||
           !(change.worktree != change.base || change.index != change.base);
  });
}

namespace {

// A pass in this close over exactly the same content: the same tree, or, in the work tree, the same
// files.
std::optional<checks::CommandRun> earlier_pass(const Context& context, const std::string& command,
                                               const std::string& tree) {
  for (auto event = context.journal.events().rbegin(); event != context.journal.events().rend();
       ++event) {
    if (event->value("event", "") != "command" || event->value("command", "") != command ||
        event->value("tree", "") != tree)
      continue;
    // While others keep changing the tree, their changes do not make the gates run again.
    const bool same = !tree.empty() || event->value("fingerprint", "") == context.fingerprint ||
                      (context.replanning && event->value("own", "") == context.own_fingerprint);
    if (!same) continue;
    auto earlier = checks::command_run_from_json(event->value("run", Json::object()));
    if (earlier && earlier->outcome == checks::RunOutcome::Passed) return earlier;
    return std::nullopt;
  }
  return std::nullopt;
}

checks::CommandRun not_run(const std::string& command, const std::string& why) {
  checks::CommandRun run;
  run.command = command;
  run.outcome = checks::RunOutcome::NotRun;
  run.ending = why;
  return run;
}

// The report and the screen have its last lines only. Nothing depends on it.
void keep_output(const Context& context, const std::string& name, const checks::CommandRun& run) {
  if (context.options.dry_run) return;
  try {
    const std::string file =
        session::output_file(context.repository().git_dir(), context.session->id, name);
    make_directories(parent_directory(file));
    write_file_unsynced(file, checks::shown_output(run));
  } catch (const Error&) {
    return;
  }
}

}  // namespace

checks::CommandRun run_session_command(Context& context, const std::string& name,
                                       const std::string& command) {
  Isolation* const isolation = wants_isolation(context) ? &isolate(context) : nullptr;
  if (isolation != nullptr && !isolation->is_ready()) return not_run(command, isolation->problem);
  const std::string tree = isolation != nullptr ? isolation->tree.hex() : "";
  if (auto earlier = earlier_pass(context, command, tree)) {
    if (isolation != nullptr) recall_checkout(context, *isolation);
    return *std::move(earlier);
  }
  std::optional<checks::CommandPlace> place;
  if (isolation != nullptr) {
    place = place_of_commands(context, *isolation);
    if (!place) return not_run(command, isolation->problem);
  } else {
    place = {context.repository().work_tree(), {}};
    expect_command_writes(context);
  }
  checks::CommandRun run = checks::run_command(
      command, *place, context.workspace.config.duration("gate-timeout"),
      [&](std::string_view chunk, std::string_view last_line, std::chrono::milliseconds elapsed) {
        context.observer.command_running(name, chunk, last_line, elapsed);
      });
  if (run.outcome == checks::RunOutcome::Interrupted) context.stop = Stop::Interrupted;
  keep_output(context, name, run);
  context.journal.record("command", {{"command", command},
                                     {"fingerprint", context.fingerprint},
                                     {"own", context.own_fingerprint},
                                     {"tree", tree},
                                     {"run", checks::to_json(run)}});
  return run;
}

std::vector<git::ObjectId> session_commits(const Context& context) {
  constexpr std::size_t kMostCommits = 1000;
  const git::Repository& repository = context.repository();
  const std::optional<git::ObjectId> head = repository.head().commit;
  if (!head || !context.session->base) return {};
  std::vector<git::ObjectId> commits =
      repository.commits_between(context.session->base, *head, kMostCommits);
  std::erase_if(commits, [&](const git::ObjectId& oid) {
    return context.session->not_own.commits.contains(oid) ||
           std::any_of(context.commits.begin(), context.commits.end(),
                       [&](const MadeCommit& made) { return made.oid == oid; });
  });
  return commits;
}

}  // namespace gs::close
