#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/hand_claims.h"
#include "session/workspace.h"

namespace gs::workflow {

struct ClaimRequest {
  std::vector<std::string> paths;   // as typed; a directory stands for the changed files below it
  std::optional<std::string> item;  // of the plan: its number, from 1, or how its title begins
  std::optional<std::string> new_item;  // its title
  bool drop = false;                    // the claims on these paths
};
struct ClaimResult {
  std::string session;
  session::HandClaims claims;            // all, afterwards
  std::vector<RepoPath> changed;         // claimed or dropped by this
  std::vector<RepoPath> already;         // the session's without a claim
  std::vector<RepoPath> dirty_at_start;  // of `changed`: what was there before comes along
};
// Makes changed files the open session's, or takes that back; without paths, only says what is
// claimed. Throws for a path without a changed file, and for an item that the plan does not have.
[[nodiscard]] ClaimResult claim_files(const session::Workspace& workspace,
                                      const ClaimRequest& request);

}  // namespace gs::workflow
