#include "checks/notes/staleness.h"

#include "base/file/walk.h"
#include "base/text.h"
#include "close/look/configured_check.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

constexpr const char* kStalenessBlock = "vault-staleness";

checks::StalenessThresholds thresholds_of(const Context& context) {
  const Json& value = context.workspace.config.at("vault-staleness.thresholds").value;
  const auto days = [&](const char* tier, long fallback) {
    const auto found = value.find(tier);
    const long wanted = found == value.end() ? fallback : found->integer().value_or(fallback);
    return wanted >= 0 ? wanted : fallback;
  };
  return {days("top", 30), days("active", 60), days("archived", 180)};
}

std::string counts(const checks::StalenessCheck& check) {
  return plural(check.stale_projects.size(), "stale project") + ", " +
         plural(check.stale_narratives.size(), "stale narrative");
}

std::string health_of_skipped(const std::string& why) {
  return "vault staleness skipped (" + why + ")";
}

CheckAnswer skip_and_say(Context& context, const std::string& reason, const std::string& short_of) {
  context.docs_health = health_of_skipped(short_of);
  return {skip(reason)};
}

void log_deviation(Context& context, const checks::StalenessCheck& check) {
  context.deviations["vault-staleness"] =
      "Phase 2.3: Vault staleness strict-mode findings overridden by user. Findings: " +
      std::to_string(check.findings.size()) +
      " (projects: " + std::to_string(check.stale_projects.size()) +
      ", narratives: " + std::to_string(check.stale_narratives.size()) + ").";
}

CheckAnswer check_staleness(Context& context) {
  const std::optional<Place> vault = integration_vault(context);
  if (!vault)
    return skip_and_say(context, "vault-integration.vault-dir is not set, and neither is VAULT_DIR",
                        "no vault");
  const TreeFiles files = files_of(context, *vault);
  if (!files.exists())
    return skip_and_say(context, "there is no directory '" + vault->directory + "'", "no vault");
  const auto found =
      checks::check_staleness(files, thresholds_of(context), context.clock.now(), vault->shown_as);
  if (!found)
    return skip_and_say(context, "the vault '" + vault->directory + "' has no '01-projects'",
                        "no projects");
  context.staleness = StalenessOfVault{vault->directory, *found};

  CheckAnswer answer{with_findings(counts(*found) + " (of " + plural(found->projects, "project") +
                                       ", " + plural(found->narratives, "narrative") + ")",
                                   found->findings)};
  const std::string mode = is_strict(context, kStalenessBlock) ? "(mode=strict)" : "(mode=warn)";
  if (found->findings.empty()) {
    context.docs_health = "vault staleness clean " + mode;
    return answer;
  }
  context.docs_health =
      counts(*found) + " " + mode + "; see .orchestrator/metrics/vault-staleness.jsonl";
  answer.question = {
      "vault-staleness",
      "The vault has " + counts(*found) + ". How should the close continue?",
      {{"fix", "stop here; bring them up to date, then 'git session close --continue'"},
       {"override", "continue; it is logged under Deviations"},
       {"abort", "end this close"}},
      "fix",
      list_findings(found->findings),
      ""};
  answer.go_on = [&context] { log_deviation(context, context.staleness->check); };
  return answer;
}

PhaseResult look_staleness(Context& context) {
  if (switched_off(context, kStalenessBlock)) {
    const bool enabled = context.workspace.config.flag("vault-staleness.enabled");
    context.docs_health = health_of_skipped(enabled ? "mode=off" : "disabled");
  }
  return run_check(context, kStalenessBlock, check_staleness);
}

}  // namespace

const Phase kStaleness{
    .id = "staleness",
    .title = "Vault staleness",
    .look = look_staleness,
    .does = R"(looks for projects of the vault that were not synchronized, and narratives that
were not updated, for too long)",
    .skipped_when = R"(`vault-staleness` is not enabled or its mode is off, or there is no vault)",
    .blocks_when = R"(mode is strict and anything is stale: decision `vault-staleness`)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
