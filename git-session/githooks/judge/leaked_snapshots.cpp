#include "githooks/judge/leaked_snapshots.h"

#include <algorithm>
#include <set>

#include "git/history.h"
#include "git/refs.h"
#include "snapshot/names.h"
#include "snapshot/store.h"

namespace gs::githooks {

namespace {

// Snapshots are recent: in a history that is entirely new to the remote, they are among the newest.
constexpr std::size_t kMostOfANewHistory = 2000;
constexpr std::size_t kMost = 20000;

bool is_snapshot_ref(const std::string& name) {
  return name.starts_with(snapshot::kRefPrefix);
}

// One of our commits, recognized by its subject even without its ref: the snapshot, its index or
// its untracked files.
bool is_snapshot_by_subject(const git::Commit& commit) {
  std::string_view subject = commit.subject;
  for (const std::string_view part : {"index of ", "untracked files of "}) {
    if (!subject.starts_with(part)) continue;
    subject.remove_prefix(part.size());
    return commit.parents.size() < 2 && snapshot::session_in_subject(subject);
  }
  return commit.parents.size() > 1 && snapshot::session_in_subject(subject);
}

// What the snapshot refs contain, by any author: stash commits and their parts.
std::set<git::ObjectId> parts_of_snapshots(const git::Repository& repository) {
  std::set<git::ObjectId> parts;
  for (const git::Ref& ref : git::list_refs(repository, snapshot::kRefPrefix)) {
    const auto oid = repository.resolve_commit(ref.target.hex());
    if (!oid) continue;
    const git::Commit commit = repository.commit(*oid);
    if (!snapshot::is_stash_commit(repository, commit)) continue;
    parts.insert(commit.oid);
    parts.insert(commit.parents.begin() + 1, commit.parents.end());
  }
  return parts;
}

// The snapshots about to be pushed, in one walk for all refs; a tip counts even if the remote has
// it under another name.
std::vector<git::ObjectId> leaving_snapshots(const git::Repository& repository,
                                             const std::map<std::size_t, git::ObjectId>& tips,
                                             const std::vector<git::ObjectId>& on_remote) {
  std::vector<git::ObjectId> starts;
  for (const auto& [i, tip] : tips) starts.push_back(tip);
  std::set<git::ObjectId> leaving(starts.begin(), starts.end());
  for (const git::ObjectId& oid : git::commits_of_tips(
           repository, starts, on_remote, on_remote.empty() ? kMostOfANewHistory : kMost)) {
    leaving.insert(oid);
  }
  const std::set<git::ObjectId> parts = parts_of_snapshots(repository);
  std::vector<git::ObjectId> snapshots;
  for (const git::ObjectId& oid : leaving) {
    if (parts.contains(oid) || is_snapshot_by_subject(repository.commit(oid))) {
      snapshots.push_back(oid);
    }
  }
  return snapshots;
}

}  // namespace

std::optional<std::string> snapshot_by_name(const PushedRef& ref) {
  if (ref.is_deletion()) return std::nullopt;
  if (is_snapshot_ref(ref.source)) return "'" + ref.source + "' is a snapshot";
  if (is_snapshot_ref(ref.target)) return "'" + ref.target + "' is a name for snapshots";
  return std::nullopt;
}

std::map<std::size_t, std::string> snapshots_by_object(
    const git::Repository& repository, const std::vector<PushedRef>& refs,
    const std::vector<git::ObjectId>& on_remote) {
  std::map<std::size_t, git::ObjectId> tips;
  for (std::size_t i = 0; i < refs.size(); ++i) {
    if (refs[i].is_deletion()) continue;
    if (const auto tip = repository.resolve_commit(refs[i].object.hex())) tips.emplace(i, *tip);
  }
  const std::vector<git::ObjectId> snapshots = leaving_snapshots(repository, tips, on_remote);
  std::map<std::size_t, std::string> reasons;
  for (const auto& [i, tip] : tips) {
    for (const git::ObjectId& oid : snapshots) {
      const std::string commit = "commit " + oid.abbreviated();
      if (oid == tip) {
        reasons[i] = commit + " ('" + refs[i].source + "') is a snapshot or a part of one";
      } else if (repository.is_ancestor(oid, tip)) {
        reasons[i] = "the history of '" + refs[i].source + "' has a snapshot in it, " + commit;
      }
    }
  }
  return reasons;
}

}  // namespace gs::githooks
