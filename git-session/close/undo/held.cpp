#include "close/undo/held.h"

#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "close/commit/commits.h"
#include "close/commit/intended.h"
#include "close/journal/before_close.h"
#include "git/refs.h"
#include "session/baseline.h"
#include "session/home.h"

namespace gs::close {

namespace {

struct HeldSnapshot {
  std::string ref;
  git::ObjectId oid;
};

std::vector<HeldSnapshot> snapshots_in(const Journal& journal) {
  std::vector<HeldSnapshot> snapshots;
  for (const Json& entry : journal.last("closed").value("snapshots", Json::array())) {
    const auto oid = git::ObjectId::parse(entry.at("oid").get<std::string>());
    if (oid) snapshots.push_back({entry.at("ref").get<std::string>(), *oid});
  }
  return snapshots;
}

std::string ref_of(const git::Repository& repository) {
  return snapshot::undo_ref(session::worktree_name(repository.git_dir()));
}

// Commits that another one of the close is in the place of.
std::vector<git::ObjectId> replaced_commits(const Journal& journal) {
  std::vector<git::ObjectId> replaced;
  for (const Intended& commit : done_steps(journal)) {
    if (commit.amends) replaced.push_back(*commit.amends);
  }
  return replaced;
}

// Blobs that were staged and that neither side of the commit has.
git::ObjectId tree_of_staged(const git::Repository& repository, const Journal& journal) {
  std::set<git::ObjectId> blobs;
  const auto followed = followed_commits(journal);
  for (const git::FollowedCommit& commit : followed.value_or(std::vector<git::FollowedCommit>())) {
    const git::ObjectId tree = repository.commit(commit.to).tree;
    for (const git::StagedPath& staged : commit.staged) {
      const git::TreeEntry& before = staged.before;
      if (before == staged.after) continue;  // it stays in the index
      const bool is_blob =
          before.present() && before.mode != git::FileMode::Gitlink && !before.oid.is_null();
      if (!is_blob || repository.tree_entry(tree, staged.path).oid == before.oid) continue;
      blobs.insert(before.oid);
    }
  }
  std::vector<git::TreeEdit> edits;
  for (const git::ObjectId& blob : blobs)
    edits.push_back({RepoPath(blob.hex()), {git::FileMode::Regular, blob}});
  return repository.edit_tree(git::Repository::empty_tree(), std::move(edits));
}

}  // namespace

Json what_undo_gives_back(const Context& context, const std::vector<snapshot::Snapshot>& deleted) {
  Json snapshots = Json::array();
  for (const snapshot::Snapshot& snapshot : deleted) {
    // The close has made it itself.
    if (is_before_close(snapshot.name)) continue;
    snapshots.push_back({{"ref", snapshot.ref}, {"oid", snapshot.oid.hex()}});
  }
  const auto baseline = read_file_if_exists(
      session::baseline_file(context.repository(), context.write_plan->session));
  return {{"snapshots", snapshots}, {"baseline", or_null(baseline)}};
}

void hold_for_undo(const Context& context) {
  const git::Repository& repository = context.repository();
  if (!context.pushed.empty()) return let_go(repository);
  std::vector<git::ObjectId> commits = replaced_commits(context.journal);
  for (const HeldSnapshot& snapshot : snapshots_in(context.journal))
    commits.push_back(snapshot.oid);
  const git::ObjectId tree = tree_of_staged(repository, context.journal);
  if (commits.empty() && tree == git::Repository::empty_tree()) return let_go(repository);
  const git::ObjectId held = repository.write_commit(
      tree, commits, snapshot::subject(context.write_plan->session, 0, "undo") + "\n",
      context.write_plan->completed_at);
  git::set_ref(repository, ref_of(repository), held);
}

GivenBack give_back(const session::Workspace& workspace, const Journal& journal,
                    const std::string& session) {
  const git::Repository& repository = workspace.repository;
  GivenBack given;
  for (const HeldSnapshot& snapshot : snapshots_in(journal)) {
    const bool is_back = git::read_ref(repository, snapshot.ref) == snapshot.oid ||
                         (read_commit(repository, snapshot.oid) &&
                          git::create_ref(repository, snapshot.ref, snapshot.oid));
    (is_back ? given.snapshots : given.missing).push_back(snapshot.ref);
  }
  const Json baseline = journal.last("closed").value("baseline", Json());
  if (baseline.is_string()) {
    const std::string file = session::baseline_file(repository, session);
    make_directories(parent_directory(file));
    remove_stale_temp_files(parent_directory(file));
    write_file_atomically(file, baseline.get<std::string>());
  }
  return given;
}

void let_go(const git::Repository& repository) {
  const std::string ref = ref_of(repository);
  const auto held = git::read_ref(repository, ref);
  if (!held) return;
  for (const git::UndeletedRef& left :
       git::delete_refs(repository, {{ref, *held}}, snapshot::kUndoPrefix)) {
    throw fatal("cannot delete ref '" + left.name + "': " + left.reason)
        .with_hint("when that is fixed, run the same command again");
  }
}

}  // namespace gs::close
