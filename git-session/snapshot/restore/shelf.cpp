#include "snapshot/restore/shelf.h"

#include <algorithm>

#include "git/durable.h"
#include "git/status/status.h"
#include "snapshot/capture.h"

namespace gs::snapshot {
namespace {

constexpr const char* kTakesOut = "pause";
constexpr const char* kBringsBack = "resume";

// A snapshot in which nothing is dirty, and to which nothing refers: its content is HEAD's.
Snapshot clean_tree(const git::Repository& repository) {
  const CapturedTrees trees = capture_trees(repository, {}, {.clean_too = true});
  const git::ObjectId commit =
      write_stash_commit(repository, trees, "git-session: as HEAD has it", Timestamp{});
  return snapshot_of(repository.commit(commit), "", {});
}

void leave(Exactly& exactly, const RepoPath& path) {
  exactly.files.erase(path);
  exactly.index.erase(path);
}

// What has changed since it was saved, or could not be saved.
std::vector<Reason> not_as_saved(const git::Repository& repository, const git::Status& status,
                                 const Snapshot& saved, const Exactly& exactly) {
  RestoreRequest request;
  request.exactly = exactly;
  request.exactly->taken_out = false;
  const RestorePlan plan = plan_restore(repository, status, saved, request);
  std::map<RepoPath, std::string> reasons;
  for (const Reason& reason : plan.left) reasons.emplace(reason.path, reason.why);
  const std::string changed = "changed since it was saved";
  for (const Reason& reason : plan.in_the_way) reasons.emplace(reason.path, changed);
  for (const FileStep& step : plan.files) reasons.emplace(step.path, changed);
  for (const IndexStep& step : plan.index) reasons.emplace(step.path, changed);
  std::vector<Reason> found;
  for (auto& [path, why] : reasons) found.push_back({path, std::move(why)});
  return found;
}

void set_permissions(const ShelfRequest& request, RestorePlan& plan) {
  for (FileStep& step : plan.files) {
    const auto found = request.permissions.find(step.path);
    if (found != request.permissions.end()) step.permissions = found->second;
  }
}

ShelfResult carry_out_plan(const git::Repository& repository, const ShelfRequest& request,
                           CutOffRestore what, RestorePlan&& plan) {
  set_permissions(request, plan);
  ShelfResult result{std::move(plan), {}};
  if (request.dry_run) return result;
  if (result.plan.empty()) {
    if (request.done) request.done({});
    return result;
  }
  git::sync_repository(repository);  // what git's checkout makes is stored just now
  what.session = request.session;
  result.moved =
      carry_out(repository, {std::move(what), result.plan.files, result.plan.index}, request.done);
  return result;
}

}  // namespace

ShelfResult take_out(const git::Repository& repository, const Snapshot* saved,
                     const ShelfRequest& request) {
  const FileLock held = lock_work_tree(repository);
  begin_restore(repository);
  const git::Status status = git::read_status(repository);
  RestoreRequest restore;
  restore.exactly = Exactly{request.files, request.index, true};
  std::vector<Reason> left;
  if (saved != nullptr) left = not_as_saved(repository, status, *saved, *restore.exactly);
  for (const Reason& reason : left) leave(*restore.exactly, reason.path);
  const Snapshot clean = clean_tree(repository);
  RestorePlan plan = plan_restore(repository, status, clean, restore);
  // What stays may be in the way of something else.
  while (!plan.in_the_way.empty()) {
    for (Reason& reason : plan.in_the_way) {
      leave(*restore.exactly, reason.path);
      left.push_back(std::move(reason));
    }
    plan = plan_restore(repository, status, clean, restore);
  }
  plan.left.insert(plan.left.end(), left.begin(), left.end());
  const std::string ref = saved == nullptr ? "" : saved->ref;
  return carry_out_plan(repository, request, {clean.oid.hex(), ref, kTakesOut}, std::move(plan));
}

ShelfResult bring_back(const git::Repository& repository, const Snapshot& saved,
                       const ShelfRequest& request) {
  const FileLock held = lock_work_tree(repository);
  begin_restore(repository);
  RestoreRequest restore;
  restore.exactly = Exactly{request.files, request.index};
  restore.merge = request.merge;
  RestorePlan plan = plan_restore(repository, git::read_status(repository), saved, restore);
  if (!plan.in_the_way.empty()) return {std::move(plan), {}};
  return carry_out_plan(repository, request, {saved.ref, saved.ref, kBringsBack}, std::move(plan));
}

bool settle_cut_off(const git::Repository& repository, const std::string& session, bool out,
                    const NoteDone& done) {
  const FileLock held = lock_work_tree(repository);
  const auto journal = read_journal(repository);
  if (!journal) {
    begin_restore(repository);  // takes away what a kill has left at the very end
    return false;
  }
  if (journal->what.by.empty() || journal->what.session != session) throw cut_off(journal->what);
  const bool takes_out = journal->what.by == kTakesOut;
  (void)finish_cut_off(repository, *journal,
                       takes_out == out ? Direction::Forward : Direction::Back, done);
  return true;
}

}  // namespace gs::snapshot
