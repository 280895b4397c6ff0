#include "workflow/take_baseline.h"

#include "git/objects/worktree_blobs.h"

namespace gs::workflow {
namespace {

void add_left_out(const git::Repository& repository, const std::vector<snapshot::Skipped>& left_out,
                  session::Baseline& baseline) {
  std::vector<git::WorktreeFile> files;
  for (const snapshot::Skipped& skipped : left_out) {
    files.push_back({skipped.path, git::FileMode::None});
  }
  const git::ReadFiles hashed = git::hash_readable_files(repository, files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (hashed.entries[i]) baseline.dirty[files[i].path].worktree = *hashed.entries[i];
  }
}

}  // namespace

TakenBaseline take_baseline(const session::Workspace& workspace, const std::string& session,
                            Timestamp now) {
  const git::Repository& repository = workspace.repository;
  snapshot::SaveRequest request;
  request.session = session;
  request.label = "baseline";
  request.message = "What was dirty when the session started.";
  request.largest_untracked = workspace.config.size("snapshot-max-file");
  request.now = now;
  // A session may well be opened at home; only what the user asks for by hand is held back there.
  TakenBaseline taken{snapshot::save(repository, request, true), {}};
  taken.record.session = session;
  taken.record.taken_at = now;
  taken.record.head = repository.head().commit;
  if (!taken.snapshot.ref.empty()) {
    taken.record.snapshot = taken.snapshot.oid;
    taken.record.dirty = session::entries_of_snapshot(repository, taken.snapshot.oid);
  }
  add_left_out(repository, taken.snapshot.left_out, taken.record);
  return taken;
}

}  // namespace gs::workflow
