#include "checks/notes/vault.h"

#include "base/file/walk.h"
#include "base/text.h"
#include "close/look/configured_check.h"
#include "close/phases/phases.h"
#include "close/plan/issue_plan.h"

namespace gs::close {

namespace {

std::string summarize(const checks::VaultCheck& check) {
  std::string text = plural(check.notes, "note") + ": " + plural(check.errors.size(), "error") +
                     ", " + plural(check.warnings.size(), "warning");
  if (check.without_frontmatter > 0)
    text += ", " + std::to_string(check.without_frontmatter) + " without frontmatter";
  if (check.excluded > 0) text += ", " + std::to_string(check.excluded) + " excluded";
  return text;
}

PhaseResult look(Context& context) {
  if (const auto reason = switched_off(context, "vault-sync")) return skip(*reason);
  const config::SessionConfig& config = context.workspace.config;
  const Place vault = place_of(context, config.text("vault-sync.vault-dir").value_or("."));
  if (!leads_to_directory(vault.directory))
    return skip("no vault: there is no directory '" + vault.directory + "'");
  const checks::VaultCheck check =
      checks::check_vault(vault.directory, config.list("vault-sync.exclude"), vault.shown_as);
  const bool clean = check.errors.empty() && check.warnings.empty();
  if (clean && check.notes == 0 && check.without_frontmatter == 0 && check.excluded == 0)
    return skip("no vault: there are no notes in '" + vault.directory + "'");

  PhaseResult result = clean ? ok("") : warn("");
  result.summary = summarize(check);
  result.findings = check.errors;
  result.findings.insert(result.findings.end(), check.warnings.begin(), check.warnings.end());
  if (check.errors.empty() || !is_strict(context, "vault-sync")) return result;

  const std::string errors = list_findings(check.errors);
  const std::string chosen = ask_about_findings(
      context,
      {"vault",
       plural(check.errors.size(), "error") + " in the vault's notes. How shall the close go on?",
       {{"fix", "stop here; mend the notes, then 'git session close --continue'"},
        {"carryover", "go on, and file an issue about them"},
        {"abort", "end this close"}},
       "fix",
       errors,
       ""},
      result);
  if (chosen == "carryover") {
    context.new_issues.push_back(findings_issue(
        context, "Vault: mend " + plural(check.errors.size(), "note error"), errors, "vault"));
  }
  return result;
}

}  // namespace

const Phase kVault{
    .id = "vault",
    .title = "Vault",
    .look = look,
    .does = R"(checks the frontmatter and the wiki links of the vault's notes)",
    .skipped_when = R"(`vault-sync` is not enabled or its mode is off, or there is no vault)",
    .blocks_when = R"(mode is strict and a note's frontmatter is wrong: decision `vault`)",
};

}  // namespace gs::close
