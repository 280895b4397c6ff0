#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/json.h"
#include "git/repository.h"

namespace gs::close {

struct Context;

// A commit of the session's work that is to be made. Each path carries the entry of HEAD that it
// was planned from: where HEAD has another one by the time it is written, nothing is laid over it.
struct CommitPlan {
  std::string message;
  std::vector<git::TreeDiffEntry> changes;
};

// The commits of the staging plan, with everything that they name stored. A file that is no longer
// what the gates saw is named in `changed_since`.
[[nodiscard]] std::vector<CommitPlan> plan_commits(Context& context, bool store,
                                                   std::vector<RepoPath>* changed_since);
// A planned path of which HEAD has a commit by now that index and work tree do not: committing the
// file as it is would take that commit back. Seen from `earlier`, what an earlier round of this
// close had planned, and from `staged`, the index's entries, where HEAD moved without the index.
[[nodiscard]] std::optional<RepoPath> behind_head(const git::Repository& repository,
                                                  const std::vector<CommitPlan>& earlier,
                                                  const std::vector<CommitPlan>& plans,
                                                  const std::map<RepoPath, git::TreeEntry>& staged);
// Issues of done items that no commit of this close names yet.
[[nodiscard]] std::vector<long> issues_to_close(const Context& context);

// As the journal keeps them: paths in hex, since they are bytes.
[[nodiscard]] Json to_json(const git::TreeDiffEntry& change);
[[nodiscard]] git::TreeDiffEntry change_from_json(const Json& value);
[[nodiscard]] Json to_json(const std::vector<CommitPlan>& plans);
// A message, a subject or a branch is bytes, of which JSON takes UTF-8 alone.
[[nodiscard]] Json bytes_to_json(const std::string& bytes);
[[nodiscard]] std::string bytes_from_json(const Json& value);
[[nodiscard]] std::vector<CommitPlan> commit_plans_from_json(const Json& value);

}  // namespace gs::close
