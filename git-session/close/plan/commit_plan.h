#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/json.h"
#include "git/repository.h"

namespace gs::close {

struct Context;

// A planned commit of the session's work. Each path carries the entry of HEAD that it was planned
// from: if HEAD has another one by the time it is written, that is not overwritten.
struct CommitPlan {
  std::string message;
  std::vector<git::TreeDiffEntry> changes;
};

// The commits of the staging plan, with everything that they name stored. A file that has changed
// since the gates ran is named in `changed_since`.
[[nodiscard]] std::vector<CommitPlan> plan_commits(Context& context, bool store,
                                                   std::vector<RepoPath>* changed_since);
// A planned path that a newer commit on HEAD has changed, but not in the index and work tree:
// committing the file as it is would revert that commit. Detected from `earlier`, the plan of an
// earlier round of this close, and from `staged`, the index's entries, if HEAD moved without the
// index.
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
// Messages, subjects and branches are bytes; JSON holds only UTF-8.
[[nodiscard]] Json bytes_to_json(const std::string& bytes);
[[nodiscard]] std::string bytes_from_json(const Json& value);
[[nodiscard]] std::vector<CommitPlan> commit_plans_from_json(const Json& value);

}  // namespace gs::close
