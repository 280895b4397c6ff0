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

CheckAnswer check_vault(Context& context) {
  const config::SessionConfig& config = context.workspace.config;
  const Place vault = place_of(context, config.text("vault-sync.vault-dir").value_or("."));
  const TreeFiles files = files_of(context, vault);
  if (!files.exists()) return {skip("no vault: there is no directory '" + vault.directory + "'")};
  const checks::VaultCheck found =
      checks::check_vault(files, config.list("vault-sync.exclude"), vault.shown_as);
  const bool clean = found.errors.empty() && found.warnings.empty();
  if (clean && found.notes == 0 && found.without_frontmatter == 0 && found.excluded == 0)
    return {skip("no vault: there are no notes in '" + vault.directory + "'")};

  CheckAnswer answer{with_findings(summarize(found), found.errors, found.warnings)};
  if (found.errors.empty()) return answer;
  const std::size_t count = found.errors.size();
  const std::string errors = list_findings(found.errors);
  answer.question = {
      "vault",
      plural(count, "error") + " in the vault's notes. How should the close continue?",
      {{"fix", "stop here; fix the notes, then 'git session close --continue'"},
       {"carryover", "continue, and file an issue about them"},
       {"abort", "end this close"}},
      "fix",
      errors,
      ""};
  answer.go_on = [=, &context] {
    context.new_issues.push_back(
        findings_issue(context, "Vault: fix " + plural(count, "note error"), errors, "vault"));
  };
  return answer;
}

PhaseResult look_vault(Context& context) {
  return run_check(context, "vault-sync", check_vault);
}

}  // namespace

const Phase kVault{
    .id = "vault",
    .title = "Vault",
    .look = look_vault,
    .does = R"(checks the frontmatter and the wiki links of the vault's notes)",
    .skipped_when = R"(`vault-sync` is not enabled or its mode is off, or there is no vault)",
    .blocks_when = R"(mode is strict and a note's frontmatter is wrong: decision `vault`)",
};

}  // namespace gs::close
