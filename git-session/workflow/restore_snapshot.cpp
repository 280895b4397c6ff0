#include "workflow/restore_snapshot.h"

#include "base/file/file.h"
#include "git/typed_path.h"
#include "session/claim.h"
#include "session/closing.h"
#include "session/current.h"
#include "session/submodules.h"

namespace gs::workflow {
namespace {

using session::OwnedChange;
using session::Owner;
using snapshot::Standing;

std::optional<session::CurrentSession> session_here(const session::Workspace& workspace) {
  const bool closing = file_info(session::journal_file(workspace.repository.git_dir())).has_value();
  return session::find_current_session(workspace, std::nullopt,
                                       closing ? session::Counts::Closing : session::Counts::Active)
      .session;
}

// Without a session here, only what other sessions claim is not the user's own.
std::vector<OwnedChange> owned_changes(const session::Workspace& workspace,
                                       const git::Status& status) {
  const git::Repository& repository = workspace.repository;
  const auto session = session_here(workspace);
  session::FoundChanges found =
      session::find_changes(repository, session ? session->base : repository.head().commit, status);
  if (session) session::leave_out(session->not_own, found.changes);
  const session::Claim claim =
      session ? session->claim(workspace) : session::Claim({}, {}, {}, FilePlace::outside(""));
  std::vector<OwnedChange> owned =
      session::assign_owners(found.changes, claim, session::other_claims(workspace, nullptr),
                             session ? session->baseline : std::nullopt);
  if (session) session::follow_submodules(repository, owned);
  std::erase_if(owned, [&](const OwnedChange& change) {
    return session && session::is_record(workspace, change.change.path);
  });
  for (OwnedChange& change : owned) {
    if (!session && change.owner == Owner::Unclaimed) change.owner = Owner::Ours;
  }
  return owned;
}

snapshot::Standings standings(const session::Workspace& workspace, const git::Status& status) {
  snapshot::Standings standings;
  for (const OwnedChange& owned : owned_changes(workspace, status)) {
    // What was dirty before the session, and changed since, may hold another person's work.
    const bool dirty_before = owned.owner == Owner::Unclaimed && owned.at_start;
    const bool others =
        owned.owner == Owner::Foreign || owned.owner == Owner::Contested || dirty_before;
    const bool own = owned.owner == Owner::Ours || owned.owner == Owner::Mixed;
    standings[owned.change.path] = {others, own, owned.reason};
  }
  // A conflict belongs to the merge in progress.
  for (const git::UnmergedEntry& entry : status.unmerged)
    standings[entry.path].own = !standings[entry.path].others;
  return standings;
}

}  // namespace

snapshot::RestoreResult restore_snapshot(const session::Workspace& workspace,
                                         const snapshot::Snapshot& snapshot,
                                         const RestoreOptions& options) {
  session::require_one_session(workspace);
  snapshot::RestoreRequest request;
  for (const std::string& typed : options.paths)
    request.paths.push_back(git::typed_path(workspace.repository, typed));
  request.force = options.force;
  request.merge = options.merge;
  request.standings = [&workspace](const git::Status& status) {
    return standings(workspace, status);
  };
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
