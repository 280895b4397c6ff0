#include "close/journal/file_writes.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

bool has_files(const WritePlan& plan, std::string_view phase) {
  for (const FileWrite& file : plan.files) {
    if (file.phase == phase) return true;
  }
  return false;
}

PhaseResult preview_state(Context& context) {
  const WritePlan& plan = *context.write_plan;
  const std::string figures = has_files(plan, "ssot") ? "write figures into 'STATUS.md'" : "";
  if (!has_files(plan, "state"))
    return figures.empty() ? skip("there is no STATE.md") : ok("would " + figures);
  return ok("would set status: completed in " + context.workspace.state_file().shown() +
            (figures.empty() ? "" : ", and " + figures));
}

PhaseResult write_state(Context& context) {
  const WritePlan& plan = *context.write_plan;
  const bool state = has_files(plan, "state");
  const bool figures = has_files(plan, "ssot");
  if (!state && !figures) return skip("there is no STATE.md");
  std::vector<FilePlace> left = write_files(context, "state");
  if (left.empty()) left = write_files(context, "ssot");
  if (left.empty() && plan.waits) return ok("as it was before the session");
  if (left.empty())
    return ok(std::string(state ? "status: completed" : "") + (state && figures ? ", " : "") +
              (figures ? "figures of STATUS.md" : ""));
  PhaseResult result = block(left.front().quoted() + " was changed while the close was running");
  result.hint = "take the close back with 'git session close --abort', then close again";
  return result;
}

}  // namespace

const Phase kState{
    .id = "state",
    .title = "STATE.md",
    .look = preview_state,
    .write = write_state,
    .does = R"(sets `status: completed` and `updated`, and logs overriding decisions under
Deviations; writes the figures that STATUS.md has markers for. A tracked session without work gives
the file back as HEAD has it, and keeps its own in the git directory)",
    .skipped_when = R"(there is no STATE.md)",
    .blocks_when = R"(never)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
