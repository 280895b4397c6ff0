#include <set>

#include "base/text.h"
#include "close/phases/phases.h"
#include "records/events.h"

namespace gs::close {

namespace {

std::string describe_agents(const checks::Safety& safety) {
  const session::AgentCounts& agents = safety.agents;
  if (agents.total == 0) return "";
  return "agents: " + std::to_string(agents.complete) + " complete, " +
         std::to_string(agents.partial) + " partial, " +
         std::to_string(agents.spiral + agents.failed) + " spiral or failed";
}

std::string describe_isolation(const checks::Safety& safety) {
  if (!safety.isolated) return "";
  return "isolation: " + std::to_string(*safety.isolated) + " in worktrees, " +
         plural(*safety.fallbacks, "fallback");
}

// A violation that was taken out of its commit again, or reverted, is none any more.
void drop_undone(const Context& context, session::Events& events) {
  const git::Repository& repository = context.repository();
  const auto head = repository.head().commit;
  const std::optional<git::ObjectId>& base = context.session->base;
  if (!head || !base) return;
  std::set<std::string> changed;
  for (const git::TreeDiffEntry& entry :
       repository.diff_trees(repository.commit(*base).tree, repository.commit(*head).tree))
    changed.insert(records::path_text(entry.path));
  std::erase_if(events.events, [&](const session::Event& event) {
    const bool of_commit = event.name == "git_session_scope_violation" &&
                           event.value.contains("commit") && event.value.contains("path");
    return of_commit && !changed.contains(event.value.value("path", ""));
  });
}

PhaseResult look_safety(Context& context) {
  if (!context.workspace.config.flag("persistence")) return skip("persistence is off");
  session::Events events = session::read_events(
      context.repository().files(),
      records::events_files(context.repository(), context.workspace.home), context.session->id);
  drop_undone(context, events);
  context.safety = checks::check_safety(context.session->state.waves, events);
  const checks::Safety& safety = *context.safety;

  PhaseResult result = safety.findings.empty() ? ok("") : warn("");
  result.findings = safety.findings;
  std::vector<std::string> parts = {describe_agents(safety), describe_isolation(safety)};
  if (safety.violations > 0) parts.push_back(plural(safety.violations, "scope violation"));
  if (safety.blocked > 0) parts.push_back(plural(safety.blocked, "blocked command"));
  std::erase(parts, "");
  result.summary = parts.empty() ? "nothing to report" : join(parts, ", ");
  if (safety.broken_lines > 0) {
    const std::string broken = plural(safety.broken_lines, "broken line") + " in events.jsonl";
    result.summary += ", " + broken;
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
