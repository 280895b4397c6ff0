#pragma once

#include <optional>
#include <string>

#include "git/refs.h"
#include "git/repository.h"
#include "snapshot/names.h"
#include "snapshot/store.h"

namespace gs::snapshot {

// The snapshot that `ref` points at under its name; absent when it points at no commit.
[[nodiscard]] std::optional<Snapshot> read_snapshot(const git::Repository& repository,
                                                    const git::Ref& ref, Name name);
[[nodiscard]] Snapshot snapshot_of(const git::Commit& commit, std::string ref, Name name);
// Two or three parents, the second one (the index) taken on the first.
[[nodiscard]] bool is_stash_commit(const git::Repository& repository, const git::Commit& commit);

}  // namespace gs::snapshot
