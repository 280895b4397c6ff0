#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "checks/gates/command_run.h"
#include "session/claim.h"
#include "session/plan.h"

namespace gs::checks {

enum class ItemStatus { Done, Partial, NotStarted, Dropped };
[[nodiscard]] std::string_view item_status_name(
    ItemStatus status);  // "done", "partial", "not-started", "dropped"

struct ItemResult {
  std::size_t index = 0;  // in the plan
  ItemStatus status = ItemStatus::NotStarted;
  std::vector<RepoPath> touched;       // changed files that belong to this item
  std::vector<std::string> unmatched;  // its patterns without a change that counts for it
  std::optional<CommandRun>
      verify;            // if it was run: only for items that were touched or have no files
  std::string evidence;  // one line: "3 files, verify passed in 1.2 s (12 passed)"
  std::vector<std::string> missing = {};  // of each unmatched pattern, why: "no change in 'docs/'"
};

struct PlanResult {
  std::vector<ItemResult> items;
  std::vector<RepoPath> emergent;  // unclaimed changes
};

// A change that is not the session's, or not wholly.
struct NotCounted {
  RepoPath path;
  std::string why;  // "contested"
};
[[nodiscard]] NotCounted not_counted(const session::OwnedChange& owned);

// `changed`: every path of the session that differs from its base; a path counts for the first item
// that matches it. `run_verify` runs an item's
// command (or returns an earlier run of the same command on the same content). Rules of
// docs/close-phases.md, "plan": done = touched and verify passed, or no verify and a change for
// every pattern; partial = touched, but verify failed or a pattern has no change; an item with
// verify and no files is done if verify passes.
[[nodiscard]] PlanResult check_plan(
    const session::Plan& plan, const std::vector<RepoPath>& changed,
    const std::vector<NotCounted>& not_counted,
    const std::function<CommandRun(const session::PlanItem&)>& run_verify);

}  // namespace gs::checks
