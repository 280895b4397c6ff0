#pragma once

#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "git/object_id.h"
#include "git/repository.h"
#include "session/finding.h"

namespace gs::close {

struct Context;

// Changes that were searched and hold no secret: a commit of them is not searched again.
using CleanChanges = std::set<std::tuple<RepoPath, git::TreeEntry, git::TreeEntry>>;

struct FoundSecrets {
  std::vector<session::Finding> secrets;  // masked
  std::vector<session::Finding> notes;    // what was not searched, and why
};

// In what the planned commits, including the records', would add to HEAD: content, file names, the
// targets of links, messages; and in the titles that issues and the report get from the plan.
[[nodiscard]] FoundSecrets find_planned_secrets(Context& context);
// The same in each commit made since the session's base that a remote of the close does not have,
// up to `tip`: also what a later one has taken out again, since it leaves in the history.
[[nodiscard]] FoundSecrets find_committed_secrets(Context& context, const git::ObjectId& tip);
// In one commit, whether or not a branch has it.
[[nodiscard]] FoundSecrets find_secrets_of(Context& context, const git::ObjectId& commit);
// In the annotated tags that a push of `tip` takes along by itself (push.followTags), whatever they
// are on: which of them the remote has is not known here.
[[nodiscard]] std::vector<session::Finding> find_followed_tag_secrets(const Context& context,
                                                                      const git::ObjectId& tip);
// A note on the commits before the session's base that the push takes along, which are not
// searched.
[[nodiscard]] std::optional<session::Finding> older_commits(const Context& context);

// "src/a.py:2: GitHub personal access token in added lines". The secret itself is not shown.
[[nodiscard]] std::string describe_secret(const session::Finding& secret);
// The same with the masked line, a line for each; of very many the first.
[[nodiscard]] std::string list_secrets(const std::vector<session::Finding>& secrets);

// Decision `secrets`. What is overridden is not asked about again in this close.
[[nodiscard]] std::optional<std::string> decide_secrets(
    Context& context, const std::string& question, const std::vector<session::Finding>& secrets);
// Those that no decision of this close has overridden.
[[nodiscard]] std::vector<session::Finding> without_overridden(
    const Context& context, std::vector<session::Finding> secrets);

}  // namespace gs::close
