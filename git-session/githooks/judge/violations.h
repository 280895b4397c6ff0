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
  // The scope's rule ("allowed-paths"); "dirty-at-start": content that was there before the session
  // and is unchanged since; "other-session": claimed by another session and not by this one.
  std::string rule;
  std::string message;  // names the path
};

// What a commit, or the index, changes: a path, what was there and what comes.
using PathChange = git::TreeDiffEntry;

// Pure. In the order of the changes; a path may break more than one rule.
[[nodiscard]] std::vector<Violation> find_violations(const HookSession& session,
                                                     const std::vector<PathChange>& changes);
// And what nobody claims ("unclaimed"), in a session that says what is its own.
[[nodiscard]] std::vector<Violation> find_swept_in(const HookSession& session,
                                                   const std::vector<PathChange>& changes);

// Of the sessions that may have made the changes the one that they suit best: the one with the
// fewest violations, the first among equals. Nobody is accused of what another session may have
// done. `sessions` is not empty.
struct Judged {
  const HookSession* session;
  std::vector<Violation> violations;
};
using Finder = std::vector<Violation> (*)(const HookSession&, const std::vector<PathChange>&);
[[nodiscard]] Judged judge(const std::vector<const HookSession*>& sessions,
                           const std::vector<PathChange>& changes, Finder find = find_violations);

[[nodiscard]] std::vector<RepoPath> paths_of(const std::vector<Violation>& violations);

// "session 'main-2026-11-22-1259'", or the scope where no session goes on.
[[nodiscard]] std::string name_of(const HookSession& session);

// Details such as "'docs/x.md' matches no pattern of … (allowed-paths)": at most ten, then how many
// more.
void say_violations(const std::vector<Violation>& violations, const std::string& indent,
                    HookAnswer& answer);

// What a commit changes, against its first parent (a root commit: against nothing).
[[nodiscard]] std::vector<PathChange> changes_of(const git::Repository& repository,
                                                 const git::Commit& commit);
// The same of a commit about to leave: a merge does not answer for what comes unchanged from
// another parent that stays (`leaving` has it not): that is on the remote, or older than the
// session.
[[nodiscard]] std::vector<PathChange> leaving_changes_of(const git::Repository& repository,
                                                         const git::Commit& commit,
                                                         const std::set<git::ObjectId>& leaving);

}  // namespace gs::githooks
