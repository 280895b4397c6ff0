#pragma once

#include <set>
#include <string>
#include <vector>

#include "githooks/call.h"
#include "githooks/context.h"

namespace gs::githooks {

// A path that a commit should not have changed in this session.
struct Violation {
  RepoPath path;
  // The scope's rule ("allowed-paths"); "dirty-at-start": content from before the session,
  // unchanged since; "other-session": claimed by another session and not by this one.
  std::string rule;
  std::string message;  // names the path
};

// A change by a commit, or in the index: a path, its entry before and after.
using PathChange = git::TreeDiffEntry;

// Pure. In the order of the changes; a path may violate several rules.
[[nodiscard]] std::vector<Violation> find_violations(const HookSession& session,
                                                     const std::vector<PathChange>& changes);
// Also unclaimed paths ("unclaimed"), in a session with a claim.
[[nodiscard]] std::vector<Violation> find_swept_in(const HookSession& session,
                                                   const std::vector<PathChange>& changes);

// The session that best fits the changes, of those that may have made them: the one with the fewest
// violations, the first among equals, so that no session is blamed for another's changes.
// `sessions` is not empty.
struct Judged {
  const HookSession* session;
  std::vector<Violation> violations;
};
using Finder = std::vector<Violation> (*)(const HookSession&, const std::vector<PathChange>&);
[[nodiscard]] Judged judge(const std::vector<const HookSession*>& sessions,
                           const std::vector<PathChange>& changes, Finder find = find_violations);

[[nodiscard]] std::vector<RepoPath> paths_of(const std::vector<Violation>& violations);

// "session 'main-2026-11-22-1259'", or the scope if no session is active.
[[nodiscard]] std::string name_of(const HookSession& session);

// Details such as "'docs/x.md' matches no pattern of … (allowed-paths)": at most ten, then the
// number of the others.
void say_violations(const std::vector<Violation>& violations, const std::string& indent,
                    HookAnswer& answer);

// What a commit changes, compared with its first parent (a root commit: with nothing).
[[nodiscard]] std::vector<PathChange> changes_of(const git::Repository& repository,
                                                 const git::Commit& commit);
// The same for a commit about to be pushed: a merge is not responsible for what comes unchanged
// from another parent that is not pushed (not in `leaving`): that is on the remote, or older than
// the session.
[[nodiscard]] std::vector<PathChange> leaving_changes_of(const git::Repository& repository,
                                                         const git::Commit& commit,
                                                         const std::set<git::ObjectId>& leaving);

}  // namespace gs::githooks
