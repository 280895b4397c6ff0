#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/scope_check.h"
#include "session/workspace.h"

namespace gs::workflow {

// The scope in use of a work tree, as a judge.
[[nodiscard]] session::ScopeCheck scope_in_use(const session::Workspace& workspace);

// What `scope check` looks at; none of them: every uncommitted change.
struct ScopeTarget {
  bool staged = false;
  std::optional<std::string> commit;  // one commit, against its first parent
  std::optional<std::string> range;   // "A..B": the commits of B that A has not
  std::vector<std::string> paths;     // as typed in our directory
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
// Throws a usage error for a revision that is none.
[[nodiscard]] ScopeReport check_scope(const session::Workspace& workspace,
                                      const session::ScopeCheck& scope, const ScopeTarget& target);

}  // namespace gs::workflow
