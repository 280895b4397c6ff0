#include "workflow/shelved_work.h"

#include "git/refs.h"

namespace gs::workflow {

snapshot::ShelfRequest shelf_of(const session::Workspace& workspace,
                                const session::Pauses& pauses) {
  snapshot::ShelfRequest shelf;
  shelf.session = pauses.session;
  for (const auto& [path, file] : pauses.files) {
    if (file.stays) continue;
    shelf.files.insert(path);
    if (file.permissions) shelf.permissions[path] = *file.permissions;
  }
  shelf.index = shelf.files;
  if (workspace.home.tracked())
    shelf.index.insert(RepoPath(workspace.tracked_directory + "/STATE.md"));
  return shelf;
}

std::optional<snapshot::Snapshot> shelving_snapshot(const git::Repository& repository,
                                                    const session::Pauses& pauses) {
  const std::string& ref = pauses.snapshot;
  const auto oid = ref.empty() ? std::nullopt : git::read_ref(repository, ref);
  const auto name = snapshot::parse_ref_name(ref);
  if (!oid || !name) return std::nullopt;
  return snapshot::read_snapshot(repository, {ref, *oid}, *name);
}

}  // namespace gs::workflow
