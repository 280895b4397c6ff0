#include "checks/safety.h"

#include <algorithm>

#include "base/screen.h"
#include "base/text.h"

namespace gs::checks {
namespace {

using session::AgentRun;
using session::AgentStatus;
using session::Finding;
using session::Severity;
using session::Wave;

std::string text_of(const Json& event, const char* key) {
  const auto found = event.find(key);
  return found != event.end() && found->is_string() ? escape_hidden(found->get<std::string>()) : "";
}

void count_events(const session::Events& events, Safety& safety) {
  for (const session::Event& event : events.events) {
    if (event.name == "git_session_scope_violation") {
      ++safety.violations;
      if (text_of(event.value, "enforcement") == "strict") ++safety.refused;
      safety.findings.push_back(
          {.source = "scope-violation",
           .file = text_of(event.value, "path"),
           .title = text_of(event.value, "commit").empty() ? "changed outside the scope"
                                                           : "committed outside the scope",
           .detail = text_of(event.value, "rule"),
           .recommendation = "widen the scope where the change belongs to the session"});
    } else if (event.name == "git_session_command_blocked") {
      ++safety.blocked;
      safety.findings.push_back(
          {.source = "blocked-command",
           .severity = Severity::Low,  // it did not run
           .title = "a command was blocked: " + text_of(event.value, "pattern")});
    }
  }
}

// A later agent of the same task may have finished it.
bool was_completed_later(const std::vector<Wave>& waves, std::size_t wave, std::size_t agent) {
  const std::string& task = waves[wave].agents[agent].description;
  for (std::size_t w = wave; w < waves.size(); ++w) {
    for (std::size_t a = w == wave ? agent + 1 : 0; a < waves[w].agents.size(); ++a) {
      const AgentRun& later = waves[w].agents[a];
      if (later.description == task && later.status == AgentStatus::Complete) return true;
    }
  }
  return false;
}

std::string_view ending_of(AgentStatus status) {
  switch (status) {
    case AgentStatus::Complete:
      return "is complete";
    case AgentStatus::Partial:
      return "ended partial";
    case AgentStatus::Failed:
      return "failed";
    case AgentStatus::Spiral:
      return "ended in a spiral";
  }
  return "";
}

void judge_agents(const std::vector<Wave>& waves, Safety& safety) {
  for (std::size_t w = 0; w < waves.size(); ++w) {
    for (std::size_t a = 0; a < waves[w].agents.size(); ++a) {
      const AgentRun& agent = waves[w].agents[a];
      if (agent.status == AgentStatus::Complete || was_completed_later(waves, w, a)) continue;
      const bool lost = agent.status != AgentStatus::Partial;
      Finding finding;
      finding.source = "agent";
      finding.severity = lost ? Severity::Medium : Severity::Low;
      finding.title = "agent '" + agent.description + "' of wave " +
                      std::to_string(waves[w].number) + " " + std::string(ending_of(agent.status));
      finding.detail = agent.note;
      if (agent.issue) {
        finding.recommendation = "see issue #" + std::to_string(*agent.issue);
      } else if (lost) {
        finding.recommendation = "an issue takes it over";
        finding.is_elsewhere = true;  // among what is carried over
        safety.carryover.push_back(agent);
      }
      safety.findings.push_back(std::move(finding));
    }
  }
}

// Where agents ran is only known if their lines say so.
void count_isolation(const std::vector<Wave>& waves, Safety& safety) {
  for (const Wave& wave : waves) {
    for (const AgentRun& agent : wave.agents) {
      const std::string note = to_lower(agent.files + " " + agent.note);
      const bool fell_back = note.find("fallback") != std::string::npos;
      if (!fell_back && note.find("worktree") == std::string::npos) continue;
      if (!safety.isolated) safety.isolated = safety.fallbacks = 0;
      ++*(fell_back ? safety.fallbacks : safety.isolated);
    }
  }
}

}  // namespace

Safety check_safety(const std::vector<Wave>& waves, const session::Events& events) {
  Safety safety;
  safety.agents = session::count_agents(waves);
  safety.broken_lines = events.broken;
  judge_agents(waves, safety);
  count_isolation(waves, safety);
  count_events(events, safety);
  return safety;
}

}  // namespace gs::checks
