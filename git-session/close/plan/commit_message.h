#pragma once

#include <optional>
#include <string>
#include <vector>

#include "close/plan/staging_plan.h"
#include "session/plan.h"

namespace gs::close {

// What the commit messages of a close are made from.
struct MessageSource {
  const std::optional<session::Plan>& plan;
  std::string session;
  std::string session_type;             // feature, deep, housekeeping, …
  std::string title;                    // of the session, "" for none
  std::vector<std::string> co_authors;  // "Name <mail>"
  bool lists_changes = false;           // in the body, as the plugin has it
};

// A Conventional Commits message: "type(scope): description", perhaps what changed as bullets,
// "Closes #N" for a done item, co-authors. `closes`: the issue that this commit resolves.
[[nodiscard]] std::string unit_message(const MessageSource& source, const CommitUnit& unit,
                                       std::optional<long> closes);
// The one commit of `-m`.
[[nodiscard]] std::string given_message(const MessageSource& source, const std::string& message,
                                        const std::vector<long>& closes);
// `closes`: issues of done items that no other commit names.
[[nodiscard]] std::string records_message(const MessageSource& source,
                                          const std::vector<long>& closes);

// From what the paths have in common: documentation, tests and CI have their own types; the scope
// is the deepest meaningful directory that all of them share.
[[nodiscard]] std::string commit_type(const std::vector<RepoPath>& paths,
                                      const std::string& session_type);
[[nodiscard]] std::string commit_scope(const std::vector<RepoPath>& paths);

}  // namespace gs::close
