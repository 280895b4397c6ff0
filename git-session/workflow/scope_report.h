#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/scope_check.h"
#include "session/workspace.h"

namespace gs::workflow {

// The scope in use of a work tree, as a judge.
[[nodiscard]] session::ScopeCheck scope_in_use(const session::Workspace& workspace);

// What `scope check` checks; if none is set, every uncommitted change.
struct ScopeTarget {
  bool staged = false;
  std::optional<std::string> commit;  // one commit, against its first parent
  std::optional<std::string> range;   // "A..B": the commits of B that are not in A
  std::vector<std::string> paths;     // as typed, from the current directory
};

struct JudgedViolation {
  session::ScopeViolation violation;
  std::optional<git::ObjectId> commit;
};
struct ScopeReport {
  std::size_t paths = 0;               // that were judged
  std::size_t commits = 0;             // that they came from
  std::vector<git::Commit> violating;  // those of them with a violation, oldest first
  std::vector<JudgedViolation> violations;
};
// Throws a usage error for an invalid revision.
[[nodiscard]] ScopeReport check_scope(const session::Workspace& workspace,
                                      const session::ScopeCheck& scope, const ScopeTarget& target);

}  // namespace gs::workflow
