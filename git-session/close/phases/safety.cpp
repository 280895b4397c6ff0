#include "base/text.h"
#include "close/phases/phases.h"
#include "records/events.h"

namespace gs::close {

namespace {

std::string describe_agents(const checks::Safety& safety) {
  const session::AgentCounts& agents = safety.agents;
  if (agents.total == 0) return "no agents in the wave history";
  return "agents: " + std::to_string(agents.complete) + " complete, " +
         std::to_string(agents.partial) + " partial, " +
         std::to_string(agents.spiral + agents.failed) + " spiral or failed";
}

std::string describe_isolation(const checks::Safety& safety) {
  if (!safety.isolated) return "isolation n/a";
  return "isolation: " + std::to_string(*safety.isolated) + " in worktrees, " +
         plural(*safety.fallbacks, "fallback");
}

PhaseResult look_safety(Context& context) {
  if (!context.workspace.config.flag("persistence")) return skip("persistence is off");
  const session::Events events = session::read_events(
      context.repository().files(),
      records::events_files(context.repository(), context.workspace.home), context.session->id);
  context.safety = checks::check_safety(context.session->state.waves, events);
  const checks::Safety& safety = *context.safety;

  PhaseResult result = safety.findings.empty() ? ok("") : warn("");
  result.findings = safety.findings;
  result.summary = describe_agents(safety) + "; " + plural(safety.violations, "scope violation") +
                   ", " + plural(safety.blocked, "blocked command") + "; " +
                   describe_isolation(safety);
  if (safety.broken_lines > 0) {
    const std::string broken = plural(safety.broken_lines, "broken line") + " in events.jsonl";
    result.summary += "; " + broken;
    add_problem(result, "safety", broken, "what they say is not counted");
  }
  return result;
}

}  // namespace

const Phase kSafety{
    .id = "safety",
    .title = "Safety",
    .look = look_safety,
    .does = R"(agents that ended partial, spiral or failed, scope violations and blocked commands
from the events, isolation; spiral and failed agents without an issue become carryover)",
    .skipped_when = R"(`persistence` is off)",
    .blocks_when = R"(never)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
