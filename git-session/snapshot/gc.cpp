#include "snapshot/gc.h"

#include <array>
#include <chrono>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/file_lock.h"
#include "formats/json.h"
#include "git/index/replace_file.h"
#include "git/objects/disk_sizes.h"
#include "git/refs.h"
#include "session/baseline.h"
#include "session/closing.h"
#include "session/current.h"
#include "session/hand_claims.h"
#include "session/home.h"
#include "session/pauses.h"

namespace gs::snapshot {
namespace {

// "now" expires everything, even if made in this very second.
bool has_expired(const Snapshot& snapshot, const git::Expiry& expiry, Timestamp now) {
  if (expiry.never) return false;
  return snapshot.created_at < expiry.before || expiry.before >= now;
}

void count(GcResult& result) {
  result.scanned = result.judged.size();
  for (const Judged& judged : result.judged) {
    if (judged.verdict == Verdict::Delete) ++result.deleted;
    if (judged.verdict == Verdict::Keep) ++result.kept;
    if (judged.verdict == Verdict::Protect) ++result.protected_count;
  }
}

void delete_expired(const git::Repository& repository, GcResult& result) {
  std::vector<git::RefDeletion> deletions;
  deletions.reserve(result.judged.size());
  for (const Judged& judged : result.judged) {
    if (judged.verdict == Verdict::Delete)
      deletions.push_back({judged.snapshot.ref, judged.snapshot.oid});
  }
  for (auto& [ref, reason] : git::delete_refs(repository, deletions, kRefPrefix)) {
    --result.deleted;
    result.errors.push_back(ref + ": " + reason);
    result.failed.push_back(std::move(ref));
  }
}

std::string name_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// When a baseline was taken; absent if it does not say, so that its age is unknown.
std::optional<Timestamp> taken_at(const std::string& path) {
  try {
    const Json record = formats::parse_json(read_file(path), path);
    const auto found = record.is_object() ? record.find("taken_at") : record.end();
    if (found == record.end() || !found->is_string()) return std::nullopt;
    return parse_iso8601(found->get<std::string>());
  } catch (const Error&) {
    return std::nullopt;
  }
}

// A path in a worktree's git directory, for messages: relative if the worktree is ours.
std::string shown_path(const git::Repository& repository, const git::Checkout& worktree,
                       const std::string& name) {
  const std::string relative = "git-session/" + name;
  return worktree.git_dir == repository.git_dir() ? relative
                                                  : join_path(worktree.git_dir, relative);
}

// Leftovers of a close killed at its very end: without a journal they have no owner.
void collect_litter(const git::Repository& repository, const git::Checkout& worktree, Timestamp now,
                    bool dry_run, GcResult& result) {
  const std::string journal = session::journal_file(worktree.git_dir);
  const std::string directory = journal.substr(0, journal.rfind('/'));
  for (const std::string name : {"files", "index"}) {
    const std::string path = join_path(directory, name);
    if (!file_info(path)) continue;
    // A running close holds this lock.
    const auto lock = session::try_lock_close(worktree.git_dir, now, nullptr);
    if (!lock || file_info(journal)) return;
    if (!dry_run) remove_tree(path);
    result.stale.push_back(shown_path(repository, worktree, "close/" + name));
  }
}

// What a process that was killed while it replaced a file has left beside it.
void collect_temp_files(const git::Repository& repository, const git::Checkout& worktree,
                        bool dry_run, GcResult& result) {
  const std::string own = join_path(join_path(worktree.git_dir, "git-session"), "");
  for (const std::string& path : git::stale_temp_files(worktree.git_dir)) {
    if (!dry_run) remove_file(path);
    result.stale.push_back(
        path.starts_with(own) ? shown_path(repository, worktree, path.substr(own.size())) : path);
  }
}

// A directory with a record for each session, in a worktree's git directory.
struct SessionRecords {
  std::string_view directory;
  std::string_view ending;
  std::string (*file)(const git::Repository& repository, const std::string& session);
  std::optional<Timestamp> (*age)(const std::string& path);
};
// A file of notes is as old as its last line.
constexpr std::array<SessionRecords, 5> kRecords{
    {{"baselines", ".json", session::baseline_file, taken_at},
     {"learned", ".jsonl", session::noted_learnings_file, modified_at},
     {"claimed", ".jsonl", session::hand_claims_file, modified_at},
     {"plan-drafts", ".toml", session::plan_draft_file, modified_at},
     {"pauses", ".json", session::pauses_file, modified_at}}};

// Records of ended sessions, with the same expiry as their snapshots.
void collect_records(const git::Repository& repository, const git::Checkout& worktree,
                     const SessionRecords& records, const std::set<std::string>& in_use,
                     const git::Expiry& expiry, bool dry_run, GcResult& result) {
  const std::string kind(records.directory);
  const std::string directory = join_path(worktree.git_dir, "git-session/" + kind);
  for (const std::string& name : list_directory(directory)) {
    const std::string path = join_path(directory, name);
    if (in_use.contains(name) || !name.ends_with(records.ending)) continue;
    const auto age = records.age(path);
    if (!age || *age >= expiry.before) continue;
    if (!dry_run) remove_file(path);
    result.stale.push_back(shown_path(repository, worktree, join_path(kind, name)));
  }
}

// What commands of closes have printed.
void collect_outputs(const git::Repository& repository, const git::Checkout& worktree,
                     const std::set<std::string>& running, const git::Expiry& expiry, bool dry_run,
                     GcResult& result) {
  std::set<std::string> in_use;
  for (const std::string& id : running) in_use.insert(session::file_name_of(id));
  const std::string directory = session::outputs_directory(worktree.git_dir);
  for (const std::string& name : list_directory(directory)) {
    const std::string path = join_path(directory, name);
    const auto age = modified_at(path);
    if (in_use.contains(name) || !age || *age >= expiry.before) continue;
    if (!dry_run) remove_tree(path);
    result.stale.push_back(shown_path(repository, worktree, join_path("output", name)));
  }
}

void delete_ref(const git::Repository& repository, const std::string& ref, GcResult& result) {
  const auto target = git::read_ref(repository, ref);
  if (!target) return;
  for (const git::UndeletedRef& left : git::delete_refs(repository, {{ref, *target}}, kUndoPrefix))
    result.errors.push_back(left.name + ": " + left.reason);
}

// What the last close of a worktree keeps for its undo, with the same expiry.
void collect_undo(const git::Repository& repository, const git::Checkout& worktree,
                  const git::Expiry& expiry, Timestamp now, bool dry_run, GcResult& result) {
  const std::string journal = session::undo_journal_file(worktree.git_dir);
  const std::string directory = parent_directory(journal);
  const auto closed_at = modified_at(journal);
  // Without a journal it is what a kill left at the end of an undo.
  const bool is_over = closed_at ? *closed_at < expiry.before : file_info(directory).has_value();
  if (!is_over || (!closed_at && list_directory(directory).empty())) return;
  // A close that replaces it, or an undo, holds this lock.
  const auto lock = session::try_lock_close(worktree.git_dir, now, nullptr);
  if (!lock || session::is_undo_unfinished(worktree.git_dir)) return;
  if (!dry_run) {
    remove_file(journal);
    delete_ref(repository, undo_ref(session::worktree_name(worktree.git_dir)), result);
    remove_tree(directory);
  }
  result.stale.push_back(shown_path(repository, worktree, "undo"));
}

// The refs of worktrees that are gone.
void collect_undo_refs(const git::Repository& repository, bool dry_run, GcResult& result) {
  std::set<std::string> in_use;
  for (const git::Checkout& worktree : git::list_worktrees(repository))
    in_use.insert(undo_ref(session::worktree_name(worktree.git_dir)));
  for (const git::Ref& ref : git::list_refs(repository, kUndoPrefix)) {
    if (!in_use.contains(ref.name) && !dry_run) delete_ref(repository, ref.name, result);
  }
}

void collect_stale(const git::Repository& repository, const git::Expiry& expiry,
                   const std::set<std::string>& running, Timestamp now, bool dry_run,
                   GcResult& result) {
  std::set<std::string> in_use;
  for (const std::string& id : running) {
    for (const SessionRecords& records : kRecords) {
      in_use.insert(name_of(records.file(repository, id)));
    }
  }
  for (const git::Checkout& worktree : git::list_worktrees(repository)) {
    collect_litter(repository, worktree, now, dry_run, result);
    collect_temp_files(repository, worktree, dry_run, result);
    collect_undo(repository, worktree, expiry, now, dry_run, result);
    for (const SessionRecords& records : kRecords) {
      collect_records(repository, worktree, records, in_use, expiry, dry_run, result);
    }
    collect_outputs(repository, worktree, running, expiry, dry_run, result);
  }
  collect_undo_refs(repository, dry_run, result);
}

}  // namespace

std::set<std::string> protected_sessions(const git::Repository& repository,
                                         const std::vector<Snapshot>& snapshots,
                                         std::vector<std::string>& problems) {
  std::set<std::string> sessions;
  for (const session::RunningSession& running : session::running_sessions(repository, &problems)) {
    sessions.insert(running.id);
  }
  if (problems.empty()) return sessions;
  // An unreadable session may be running, and its snapshots are unknown.
  for (const Snapshot& snapshot : snapshots) sessions.insert(snapshot.session);
  return sessions;
}

std::vector<Judged> judge(const std::vector<Snapshot>& snapshots, const git::Expiry& expiry,
                          const std::set<std::string>& protected_sessions, Timestamp now) {
  using Days = std::chrono::duration<double, std::ratio<86400>>;
  std::set<std::string> mapped;
  for (const std::string& session : protected_sessions) mapped.insert(map_component(session));

  std::vector<Judged> judged;
  judged.reserve(snapshots.size());
  for (const Snapshot& snapshot : snapshots) {
    const bool is_protected = raw_session(snapshot.name, snapshot.subject)
                                  ? protected_sessions.contains(snapshot.session)
                                  : mapped.contains(snapshot.name.session);
    const Verdict verdict = is_protected                         ? Verdict::Protect
                            : has_expired(snapshot, expiry, now) ? Verdict::Delete
                                                                 : Verdict::Keep;
    judged.push_back({snapshot, verdict, Days(now - snapshot.created_at).count()});
  }
  return judged;
}

GcResult collect(const session::Workspace& workspace, const git::Expiry& expiry, Timestamp now,
                 bool dry_run) {
  const git::Repository& repository = workspace.repository;
  GcResult result;
  Listing all = list(repository, std::nullopt);
  result.ignored = std::move(all.ignored);
  const std::set<std::string> keep = protected_sessions(repository, all.snapshots, result.errors);
  const bool unreadable = !result.errors.empty();
  result.judged = judge(all.snapshots, expiry, keep, now);
  // Nothing has to be measured where all objects together are within the limit.
  const std::uint64_t limit = workspace.config.size("snapshot-max-total");
  if (git::objects_take_more_than(repository, limit))
    result.budget = apply_budget(repository, result.judged, limit, "");
  count(result);
  if (!dry_run) delete_expired(repository, result);
  if (!unreadable && !expiry.never) collect_stale(repository, expiry, keep, now, dry_run, result);
  return result;
}

}  // namespace gs::snapshot
