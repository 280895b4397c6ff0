#include "base/text.h"
#include "close/journal/file_writes.h"
#include "close/phases/phases.h"
#include "session/scope_edit.h"

namespace gs::close {

namespace {

std::string names(const WritePlan& plan) {
  std::vector<std::string> paths;
  for (const FileWrite& file : plan.files) {
    if (file.phase == "cleanup-scope") paths.push_back(file.path.shown());
  }
  return join(paths, ", ");
}

PhaseResult preview_cleanup_scope(Context& context) {
  const std::string paths = names(*context.write_plan);
  return paths.empty() ? skip("there are none") : ok("would remove " + paths);
}

PhaseResult write_cleanup_scope(Context& context) {
  const std::string paths = names(*context.write_plan);
  if (paths.empty()) return skip("there are none");
  const FileLock lock = session::lock_wave_scope(context.repository());
  const std::vector<FilePlace> left = write_files(context, "cleanup-scope");
  if (!left.empty()) {
    PhaseResult result = warn("");
    for (const FilePlace& file : left)
      add_problem(result, "cleanup-scope",
                  file.quoted() + " has changed while the close was running: left in place");
    result.summary = result.findings.front().title;
    return result;
  }
  return ok("removed " + paths);
}

}  // namespace

const Phase kCleanupScope{
    .id = "cleanup-scope",
    .title = "Scope files",
    .look = preview_cleanup_scope,
    .write = write_cleanup_scope,
    .does = R"(removes wave-scope.json and session-plan.toml; their content stays in the journal
and the saved report)",
    .skipped_when = R"(there are none)",
    .blocks_when = R"(never)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
