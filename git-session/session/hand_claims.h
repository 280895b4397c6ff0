#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/file/file_lock.h"
#include "base/repo_path.h"
#include "git/repository.h"
#include "session/plan.h"

namespace gs::session {

// Changed files that `git session claim` has made the session's, each with the title of the plan
// item that it belongs to, or "".
using HandClaims = std::map<RepoPath, std::string>;

// Where they are: beside a private session's STATE.md, else in the worktree's git directory; a JSON
// object in each line.
[[nodiscard]] std::string hand_claims_file(const git::Repository& repository,
                                           const std::string& session);
// Held from reading the claims until they are written.
[[nodiscard]] FileLock lock_hand_claims(const git::Repository& repository);
// Lines that are none are skipped.
[[nodiscard]] HandClaims read_hand_claims(const git::Repository& repository,
                                          const std::string& session);
void write_hand_claims(const git::Repository& repository, const std::string& session,
                       const HandClaims& claims);

// The plan with those that name an item: of a title that it lacks, it gets an item.
void add_hand_claims(std::optional<Plan>& plan, const HandClaims& claims);

}  // namespace gs::session
