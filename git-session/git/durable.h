#pragma once

#include <string>
#include <vector>

#include "git/repository.h"

// By default git leaves loose objects, refs and the index to the kernel (core.fsync,
// git-config(1)), so that a power loss may take what was written seconds before. Whatever replaces
// or removes something for their sake has to wait for them. Who sets core.fsync to none wants
// nothing synced, and is obeyed.
namespace gs::git {

// Waits until the objects, refs and index files that were written so far are on disk, with one call
// for each file system that holds them.
void sync_repository(const Repository& repository);

// A command of git's that syncs refs and index before it renames them into place, so no power loss
// leaves an empty one.
[[nodiscard]] std::vector<std::string> syncing(const Repository& repository,
                                               std::vector<std::string> command);

}  // namespace gs::git
