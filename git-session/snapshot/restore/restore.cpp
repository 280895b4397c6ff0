#include "snapshot/restore/restore.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/error.h"
#include "git/index/index_listing.h"
#include "git/objects/worktree_blobs.h"

namespace gs::snapshot {
namespace {

// What is restored is created from nothing, and has to go when the snapshot of before is restored.
void note_created(const Snapshot& snapshot, const RestorePlan& plan, CaptureOptions& capture) {
  capture.restored = snapshot.oid.hex();
  for (const FileStep& step : plan.files) {
    if (!step.before.present()) capture.absent.push_back(step.path);
  }
  capture.also = plan.unsaved;
}

// What a work tree had when it was scanned.
struct Scan {
  std::shared_ptr<const git::IndexFile> index;  // null: only git can read it
  git::Head head;
  git::Status status;

  explicit Scan(const git::Repository& repository)
      : index(git::own_index(repository)),
        head(repository.head()),
        status(git::read_status(repository)) {}
};

// Of whose content a snapshot by this scan reads what is there.
std::set<RepoPath> read_by_snapshot(const git::Status& status) {
  std::set<RepoPath> paths(status.untracked.begin(), status.untracked.end());
  for (const git::StatusEntry& entry : status.entries) {
    const bool differs = entry.worktree_differs || entry.intent_to_add;
    if (differs && entry.worktree_mode != git::FileMode::None) paths.insert(entry.path);
  }
  for (const git::UnmergedEntry& entry : status.unmerged) {
    if (entry.worktree_mode != git::FileMode::None) paths.insert(entry.path);
  }
  return paths;
}

// Whether a snapshot by this scan has all that the plan overwrites: HEAD and the index are the
// same, and so is each file that the scan found unchanged.
bool still_holds(const git::Repository& repository, const Scan& scan, const RestorePlan& plan) {
  const git::Head head = repository.head();
  if (!scan.index || git::own_index(repository) != scan.index || head.commit != scan.head.commit ||
      head.branch != scan.head.branch)
    return false;
  std::set<RepoPath> read = read_by_snapshot(scan.status);
  read.insert(plan.unsaved.begin(), plan.unsaved.end());
  std::vector<git::WorktreeFile> converted;
  std::vector<git::TreeEntry> staged;
  for (const FileStep& step : plan.files) {
    if (!step.before.present() || read.contains(step.path)) continue;
    const auto entries = scan.index->entries_at(step.path.bytes());
    if (entries.size() != 1) return false;
    const git::TreeEntry entry{entries.front().mode, entries.front().oid()};
    if (entry == step.before) continue;
    converted.push_back({step.path, entry.mode});
    staged.push_back(entry);
  }
  const git::ReadFiles now = git::hash_readable_files(repository, converted);
  return std::equal(staged.begin(), staged.end(), now.entries.begin());
}

}  // namespace

RestoreResult restore(const git::Repository& repository, const Snapshot& snapshot,
                      const RestoreRequest& request, SaveRequest safety, bool dry_run) {
  const FileLock held = lock_work_tree(repository);
  begin_restore(repository);
  RestoreResult result;
  const Scan scan(repository);
  result.plan = plan_restore(repository, scan.status, snapshot, request);
  if (!result.plan.in_the_way.empty() || result.plan.empty() || dry_run) return result;
  safety.capture.clean_too = true;
  safety.durable = true;
  note_created(snapshot, result.plan, safety.capture);
  result.saved = still_holds(repository, scan, result.plan)
                     ? save_scanned(repository, safety, scan.status)
                     : save(repository, safety, true);
  result.moved =
      carry_out(repository,
                {{snapshot.ref.empty() ? snapshot.oid.hex() : snapshot.ref, result.saved->ref, ""},
                 result.plan.files,
                 result.plan.index});
  return result;
}

std::optional<CutOffRestore> cut_off_restore(const git::Repository& repository) {
  const auto journal = read_journal(repository);
  return journal ? std::optional(journal->what) : std::nullopt;
}

ResumedRestore resume_restore(const git::Repository& repository, Direction direction) {
  const FileLock held = lock_work_tree(repository);
  const auto journal = read_journal(repository);
  if (!journal) throw refused("no restore was interrupted");
  if (!journal->what.by.empty()) throw cut_off(journal->what);
  return {journal->what, finish_cut_off(repository, *journal, direction)};
}

}  // namespace gs::snapshot
