#include "workflow/restore_snapshot.h"

#include "git/typed_path.h"
#include "session/claim.h"
#include "workflow/overview.h"

namespace gs::workflow {
namespace {

using session::OwnedChange;
using session::Owner;
using snapshot::Standing;

// Without a session here, only what other sessions claim is not the user's own.
std::vector<OwnedChange> changes_without_session(const session::Workspace& workspace) {
  const git::Repository& repository = workspace.repository;
  const git::Status status = git::read_status(repository);
  const session::FoundChanges found =
      session::find_changes(repository, repository.head().commit, status);
  const session::Claim none({}, {}, {}, FilePlace::outside(""));
  std::vector<OwnedChange> owned = session::assign_owners(
      found.changes, none, session::other_claims(workspace, nullptr), std::nullopt);
  for (OwnedChange& change : owned) {
    if (change.owner == Owner::Unclaimed) change.owner = Owner::Ours;
  }
  return owned;
}

std::map<RepoPath, Standing> standings(const session::Workspace& workspace) {
  session::require_one_session(workspace);
  const Overview now = overview(workspace);
  std::map<RepoPath, Standing> standings;
  for (const OwnedChange& owned : now.session ? now.changes : changes_without_session(workspace)) {
    const bool others = owned.owner == Owner::Foreign || owned.owner == Owner::Contested;
    const bool own = owned.owner == Owner::Ours || owned.owner == Owner::Mixed;
    standings[owned.change.path] = {others, own, owned.reason};
  }
  // A conflict belongs to the merge in progress.
  for (const git::UnmergedEntry& entry : git::read_status(workspace.repository).unmerged)
    standings[entry.path].own = !standings[entry.path].others;
  return standings;
}

}  // namespace

snapshot::RestoreResult restore_snapshot(const session::Workspace& workspace,
                                         const snapshot::Snapshot& snapshot,
                                         const RestoreOptions& options) {
  snapshot::RestoreRequest request;
  for (const std::string& typed : options.paths)
    request.paths.push_back(git::typed_path(workspace.repository, typed));
  request.force = options.force;
  request.merge = options.merge;
  request.standings = standings(workspace);
  request.is_record = [&workspace](const RepoPath& path) {
    return session::is_record(workspace, path);
  };
  snapshot::SaveRequest safety;
  safety.session = snapshot.session.empty() ? "restore" : snapshot.session;
  safety.wave = snapshot.name.wave;
  safety.label = snapshot::kBeforeRestoreLabel;
  safety.capture.largest_untracked = workspace.config.size("snapshot-max-file");
  safety.now = SystemClock().now();
  return snapshot::restore(workspace.repository, snapshot, request, safety, options.dry_run);
}

}  // namespace gs::workflow
