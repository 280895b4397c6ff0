#include <algorithm>

#include "base/text.h"
#include "close/look/plan_judgement.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

session::Finding gap_finding(const session::PlanItem& item, const checks::ItemResult& result) {
  session::Finding finding;
  finding.source = "plan";
  finding.severity = session::Severity::Medium;
  finding.title = std::string(checks::item_status_name(result.status)) + ": " + item.title + " (" +
                  result.evidence + ")";
  finding.detail = result.evidence;
  if (result.verify && !result.verify->last_lines.empty()) {
    finding.detail += "\n" + join(result.verify->last_lines, "\n");
  }
  finding.recommendation = "finish it, or let the close file what is left";
  finding.is_elsewhere = true;
  return finding;
}

PhaseResult look_plan(Context& context) {
  const std::optional<session::Plan>& plan = context.session->plan;
  judge_plan(context);
  if (!plan || plan->items.empty()) return skip("nothing was planned");
  if (context.stop == Stop::Interrupted) return block("interrupted");

  std::size_t counts[4] = {0, 0, 0, 0};
  PhaseResult result = ok("");
  for (const checks::ItemResult& item : context.plan.items) {
    ++counts[static_cast<std::size_t>(item.status)];
    if (item.status == checks::ItemStatus::Partial ||
        item.status == checks::ItemStatus::NotStarted) {
      result.outcome = Outcome::Warn;
      result.findings.push_back(gap_finding(plan->items[item.index], item));
    }
  }
  const std::size_t done = counts[static_cast<std::size_t>(checks::ItemStatus::Done)];
  std::vector<std::string> parts = {std::to_string(done) + " of " +
                                    std::to_string(plan->items.size()) + " done"};
  for (const checks::ItemStatus status :
       {checks::ItemStatus::Partial, checks::ItemStatus::Dropped}) {
    const std::size_t count = counts[static_cast<std::size_t>(status)];
    if (count > 0)
      parts.push_back(std::to_string(count) + " " + std::string(checks::item_status_name(status)));
  }
  if (!context.plan.emergent.empty())
    parts.push_back(plural(context.plan.emergent.size(), "emergent file"));
  result.summary = join(parts, ", ");
  return result;
}

}  // namespace

const Phase kPlan{
    .id = "plan",
    .title = "Plan",
    .look = look_plan,
    .does =
        R"(compares each plan item with the changes and runs its `verify` command: done, partial,
not started or dropped; changes that no item claims are emergent; isolated, `verify` runs in a
checkout of what is committed, and the decisions of `staging-plan` come first)",
    .skipped_when = R"(nothing was planned)",
    .blocks_when = R"(never)",
};

}  // namespace gs::close
