#include "checks/discovery.h"

#include "base/text.h"
#include "close/look/discover.h"
#include "close/look/external_tool.h"
#include "close/look/session_changes.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

// Adds what the configured program finds; what goes wrong is said in `problem`, and interrupts.
bool ask_program(Context& context, checks::Discovery& discovery, std::string& problem) {
  const std::optional<std::string> command = tool_command(context, "discovery-command");
  if (!command) return true;
  if (!commands_trusted(context)) {
    problem = "discovery-command: not trusted";
    return true;
  }
  const checks::ToolAnswer answer =
      ask_external_tool(context, "discovery-command", *command, {"findings", "stats"});
  if (answer.interrupted) return false;
  if (!answer.value) {
    problem = "discovery-command: " + answer.problem;
    return true;
  }
  const checks::ToolFindings findings =
      checks::read_findings(answer.value->value("findings", Json()), "discovery-command");
  if (findings.malformed > 0) {
    problem = "discovery-command: " + std::to_string(findings.malformed) +
              " of its findings not understood";
  }
  discovery.add(findings, *answer.value);
  return true;
}

std::string summarize(const std::vector<session::Finding>& findings) {
  std::size_t counts[4] = {0, 0, 0, 0};
  for (const session::Finding& finding : findings) {
    ++counts[static_cast<std::size_t>(finding.severity)];
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < 4; ++i) {
    if (counts[i] == 0) continue;
    parts.push_back(std::to_string(counts[i]) + " " +
                    std::string(session::severity_name(static_cast<session::Severity>(i))));
  }
  const std::string total = plural(findings.size(), "finding");
  return parts.empty() ? total : total + ": " + join(parts, ", ");
}

PhaseResult look(Context& context) {
  if (!context.workspace.config.flag("discovery-on-close")) {
    return skip("discovery-on-close is off");
  }
  checks::Discovery discovery(discovery_settings(context));
  run_probes(context, discovery);
  std::string problem;
  if (!ask_program(context, discovery, problem)) {
    context.stop = Stop::Interrupted;
    return block("interrupted");
  }
  context.discovery = Discovered{discovery.findings(), {}};
  context.discovery->stats = discovery.stats();

  PhaseResult result = context.discovery->findings.empty() && problem.empty() ? ok("") : warn("");
  result.findings = context.discovery->findings;
  result.summary = summarize(result.findings);
  if (!problem.empty()) result.summary += "; " + problem;
  return result;
}

}  // namespace

const Phase kDiscovery{
    .id = "discovery",
    .title = "Discovery",
    .look = look,
    .does = R"(built-in probes on the lines that the session added, its binaries, its commit
messages and its plan, and the findings of `discovery-command`; thresholds and excluded paths
apply; critical and high findings become issues, the rest go to the report)",
    .skipped_when = R"(`discovery-on-close` is off)",
    .blocks_when = R"(never; a program that fails is a warning)",
};

}  // namespace gs::close
