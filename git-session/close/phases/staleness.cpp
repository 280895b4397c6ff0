#include "checks/notes/staleness.h"

#include "base/file/walk.h"
#include "base/text.h"
#include "close/look/configured_check.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

checks::StalenessThresholds thresholds_of(const Context& context) {
  const Json& value = context.workspace.config.at("vault-staleness.thresholds").value;
  const auto days = [&](const char* tier, long fallback) {
    const auto found = value.find(tier);
    const bool valid =
        found != value.end() && found->is_number_integer() && found->get<long>() >= 0;
    return valid ? found->get<long>() : fallback;
  };
  return {days("top", 30), days("active", 60), days("archived", 180)};
}

std::string counts(const checks::StalenessCheck& check) {
  return plural(check.stale_projects.size(), "stale project") + ", " +
         plural(check.stale_narratives.size(), "stale narrative");
}

PhaseResult skip_and_say(Context& context, const std::string& reason, const std::string& short_of) {
  context.docs_health = "vault staleness skipped (" + short_of + ")";
  return skip(reason);
}

PhaseResult ask(Context& context, const checks::StalenessCheck& check, PhaseResult result) {
  const std::string chosen = ask_about_findings(
      context,
      {"vault-staleness",
       "The vault has " + counts(check) + ". How shall the close go on?",
       {{"fix", "stop here; bring them up to date, then 'git session close --continue'"},
        {"override", "go on; it is logged under Deviations"},
        {"abort", "end this close"}},
       "fix",
       list_findings(check.findings),
       ""},
      result);
  if (chosen == "override") {
    context.deviations["vault-staleness"] =
        "Phase 2.3: Vault staleness strict-mode findings overridden by user. Findings: " +
        std::to_string(check.findings.size()) +
        " (projects: " + std::to_string(check.stale_projects.size()) +
        ", narratives: " + std::to_string(check.stale_narratives.size()) + ").";
  }
  return result;
}

PhaseResult look(Context& context) {
  if (const auto reason = switched_off(context, "vault-staleness")) {
    const bool enabled = context.workspace.config.flag("vault-staleness.enabled");
    return skip_and_say(context, *reason, enabled ? "mode=off" : "disabled");
  }
  const std::optional<Place> vault = integration_vault(context);
  if (!vault)
    return skip_and_say(context, "vault-integration.vault-dir is not set, and neither is VAULT_DIR",
                        "no vault");
  if (!leads_to_directory(vault->directory))
    return skip_and_say(context, "there is no directory '" + vault->directory + "'", "no vault");
  const auto check = checks::check_staleness(vault->directory, thresholds_of(context),
                                             context.clock.now(), vault->shown_as);
  if (!check)
    return skip_and_say(context, "the vault '" + vault->directory + "' has no '01-projects'",
                        "no projects");
  context.staleness = StalenessOfVault{vault->directory, *check};

  const std::string mode = is_strict(context, "vault-staleness") ? "strict" : "warn";
  PhaseResult result = check->findings.empty() ? ok("") : warn("");
  result.summary = counts(*check) + " (of " + plural(check->projects, "project") + ", " +
                   plural(check->narratives, "narrative") + ")";
  result.findings = check->findings;
  if (check->findings.empty()) {
    context.docs_health = "vault staleness clean (mode=" + mode + ")";
    return result;
  }
  context.docs_health =
      counts(*check) + " (mode=" + mode + "); see .orchestrator/metrics/vault-staleness.jsonl";
  return mode == "strict" ? ask(context, *check, std::move(result)) : result;
}

}  // namespace

const Phase kStaleness{
    .id = "staleness",
    .title = "Vault staleness",
    .look = look,
    .does = R"(looks for projects of the vault that were not synchronized, and narratives that
were not updated, for too long)",
    .skipped_when = R"(`vault-staleness` is not enabled or its mode is off, or there is no vault)",
    .blocks_when = R"(mode is strict and anything is stale: decision `vault-staleness`)",
};

}  // namespace gs::close
