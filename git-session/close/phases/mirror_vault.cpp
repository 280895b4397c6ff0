#include "base/error.h"
#include "base/file/tree_files.h"
#include "close/journal/file_writes.h"
#include "close/look/configured_check.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

// Notes that were not mirrored: a warning, or a block in strict mode.
PhaseResult failed(const Context& context, PhaseResult result) {
  if (result.findings.empty()) add_problem(result, "mirror-vault", result.summary);
  if (!is_strict(context, "vault-integration")) return result;
  result.outcome = Outcome::Block;
  result.hint =
      "fix it, then 'git session close --continue'; where a record is not valid, take the close "
      "back with '--abort' first";
  return result;
}

PhaseResult preview_mirror_vault(Context& context) {
  return preview_planned(context, "mirror-vault");
}

PhaseResult write_mirror_vault(Context& context) {
  const WritePlan& plan = *context.write_plan;
  if (!plan.vault.empty() && !TreeFiles(plan.vault).exists())
    return failed(context, warn("there is no vault '" + plan.vault + "'"));
  try {
    PhaseResult result = write_planned(context, "mirror-vault");
    return result.outcome == Outcome::Warn ? failed(context, std::move(result)) : result;
  } catch (const Error& error) {
    return failed(context, warn(error.message()));
  }
}

}  // namespace

const Phase kMirrorVault{
    .id = "mirror-vault",
    .title = "Vault notes",
    .look = preview_mirror_vault,
    .write = write_mirror_vault,
    .does = R"(writes the session and its learnings into the vault as notes in `50-sessions` and
`40-learnings`; what a person wrote there is never touched)",
    .skipped_when =
        R"(`vault-integration` is not enabled or its mode is off, or there is no vault)",
    .blocks_when = R"(mode is strict and a note could not be written, or a record gives none)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
