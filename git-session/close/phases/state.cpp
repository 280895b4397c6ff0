#include "close/file_writes.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

bool has_state(const WritePlan& plan) {
  for (const FileWrite& file : plan.files) {
    if (file.phase == "state") return true;
  }
  return false;
}

}  // namespace

PhaseResult preview_state(Context& context) {
  if (!has_state(*context.write_plan)) return skip("there is no STATE.md");
  return ok("would set status: completed in " + context.workspace.state_file().quoted());
}

PhaseResult write_state(Context& context) {
  if (!has_state(*context.write_plan)) return skip("there is no STATE.md");
  const std::vector<RepoPath> left = write_files(context, "state");
  if (left.empty()) return ok("status: completed");
  PhaseResult result = block(left.front().quoted() + " was changed while the close was running");
  result.hint = "take the close back with 'git session close --abort', then close again";
  return result;
}

}  // namespace gs::close
