#include <cmath>

#include "base/text.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

PhaseResult look_grounding(Context& context) {
  if (!context.workspace.config.flag("grounding-check")) return skip("grounding-check is off");
  if (!context.session->plan) return skip("nothing was planned");
  std::vector<RepoPath> changed;
  for (const session::Change& change : context.changes) changed.push_back(change.path);
  context.grounding = checks::check_grounding(*context.session->plan, changed);
  const checks::Grounding& grounding = *context.grounding;

  PhaseResult result =
      grounding.unplanned.empty() && grounding.untouched.empty() ? ok("") : warn("");
  result.summary = std::to_string(grounding.touched.size()) + " touched, " +
                   std::to_string(grounding.unplanned.size()) + " unplanned, " +
                   std::to_string(grounding.untouched.size()) + " untouched";
  if (grounding.coverage) {
    result.summary +=
        ", coverage " + std::to_string(std::lround(*grounding.coverage * 100.0)) + " %";
  }
  for (const RepoPath& path : grounding.unplanned) {
    result.findings.push_back({.source = "grounding",
                               .severity = session::Severity::Low,
                               .file = path.bytes(),
                               .title = "changed, but in no plan item",
                               .recommendation = "say in the plan what it belongs to"});
  }
  for (const std::string& pattern : grounding.untouched) {
    result.findings.push_back({.source = "grounding",
                               .severity = session::Severity::Low,
                               .title = "planned, but unchanged: " + pattern,
                               .recommendation = "change it, or remove it from the plan"});
  }
  return result;
}

}  // namespace

const Phase kGrounding{
    .id = "grounding",
    .title = "Grounding",
    .look = look_grounding,
    .does = R"(compares planned with actual files: touched, unplanned, untouched, coverage)",
    .skipped_when = R"(`grounding-check` is off, or nothing was planned)",
    .blocks_when = R"(never)",
    .shown = Shown::Verbose,
};

}  // namespace gs::close
