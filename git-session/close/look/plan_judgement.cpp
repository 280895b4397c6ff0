#include "close/look/plan_judgement.h"

#include <algorithm>
#include <map>
#include <set>

#include "close/look/isolation.h"
#include "close/look/session_changes.h"
#include "close/look/trust.h"

namespace gs::close {

namespace {

checks::CommandRun not_trusted(const std::string& command) {
  checks::CommandRun run;
  run.command = command;
  run.outcome = checks::RunOutcome::NotRun;
  run.ending = "its command is not trusted";
  return run;
}

std::vector<RepoPath> changed_paths(const Context& context) {
  std::vector<RepoPath> paths;
  for (const session::Change& change : context.changes) paths.push_back(change.path);
  return paths;
}

// Changes of the plan's files that are not, or not wholly, the session's as they are.
std::vector<checks::NotCounted> not_counted(const Context& context,
                                            const std::vector<RepoPath>& counted) {
  const std::set<RepoPath> known(counted.begin(), counted.end());
  std::vector<checks::NotCounted> others;
  for (const session::OwnedChange& owned : context.owned) {
    if (!known.contains(owned.change.path)) others.push_back(checks::not_counted(owned));
  }
  return others;
}

bool runs_commands(const session::Plan& plan) {
  return std::any_of(plan.items.begin(), plan.items.end(),
                     [](const session::PlanItem& item) { return item.verify && !item.dropped; });
}

}  // namespace

void judge_plan(Context& context) {
  std::vector<RepoPath> changed = changed_paths(context);
  const std::optional<session::Plan>& plan = context.session->plan;
  if (!plan) {
    context.plan.emergent = std::move(changed);
    return;
  }
  const bool trusted = is_trusted(context);
  if (trusted && wants_isolation(context) && runs_commands(*plan)) {
    if (isolate(context).is_ready()) (void)take_decided_changes(context);
    changed = changed_paths(context);
  }
  const auto run_verify = [&](const session::PlanItem& item) {
    return trusted ? run_session_command(context, "verify: " + item.title, *item.verify)
                   : not_trusted(*item.verify);
  };
  context.plan = checks::check_plan(*plan, changed, not_counted(context, changed), run_verify);
}

bool take_decided_changes(Context& context) {
  std::map<RepoPath, session::Change> decided;
  for (const session::Change& change : context.changes) decided.emplace(change.path, change);
  const std::size_t before = decided.size();
  std::size_t left = 0;
  for (const LeftFile& file : context.staging.left) {
    const auto change = decided.find(file.path);
    if (change == decided.end() || change->second.committed()) continue;
    decided.erase(change);
    ++left;
  }
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files)
      decided.emplace(file.change.change.path, file.change.change);
  }
  if (left == 0 && decided.size() == before) return false;
  context.changes.clear();
  for (auto& [path, change] : decided) context.changes.push_back(std::move(change));
  return true;
}

void judge_plan_as_decided(Context& context) {
  if (!take_decided_changes(context)) return;
  judge_plan(context);
  if (context.grounding)
    context.grounding = checks::check_grounding(*context.session->plan, changed_paths(context));
}

}  // namespace gs::close
