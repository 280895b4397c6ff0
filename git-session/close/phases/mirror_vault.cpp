#include "base/error.h"
#include "base/file/file.h"
#include "close/look/check_options.h"
#include "close/phases/phases.h"
#include "close/planned_phase.h"

namespace gs::close {

namespace {

// What was not mirrored: a warning, or where the mode is strict the end of this run.
PhaseResult failed(const Context& context, PhaseResult result) {
  if (!is_strict(context, "vault-integration")) return result;
  result.outcome = Outcome::Block;
  result.hint =
      "mend it, then 'git session close --continue'; where a record is not valid, take the close "
      "back with '--abort' first";
  return result;
}

}  // namespace

PhaseResult preview_mirror_vault(Context& context) {
  return preview_planned(context, "mirror-vault");
}

PhaseResult write_mirror_vault(Context& context) {
  const WritePlan& plan = *context.write_plan;
  if (!plan.vault.empty()) {
    const auto info = file_info(plan.vault + "/.");
    if (!info) return failed(context, warn("there is no vault '" + plan.vault + "'"));
  }
  try {
    PhaseResult result = write_planned(context, "mirror-vault");
    return result.outcome == Outcome::Warn ? failed(context, std::move(result)) : result;
  } catch (const Error& error) {
    return failed(context, warn(error.message()));
  }
}

}  // namespace gs::close
