#include <algorithm>

#include "close/journal/file_writes.h"
#include "close/phases/phases.h"
#include "close/plan/learnings_plan.h"
#include "git/status/ignore_rules.h"

namespace gs::close {

namespace {

PhaseResult preview_learnings(Context& context) {
  return preview_planned(context, "learnings");
}

PhaseResult write_learnings(Context& context) {
  const PhaseResult result = write_planned(context, "learnings");
  const std::vector<FileWrite>& files = context.write_plan->files;
  const bool copied = std::any_of(files.begin(), files.end(), [](const FileWrite& file) {
    return file.path.inside() && file.path.name().starts_with(kLearningsCopies);
  });
  if (copied) {
    const FilePlace copies = context.workspace.home.record(kLearningsCopies);
    git::exclude_locally(context.repository(), copies.bytes() + "*");
  }
  // Notes are removed once they are in the file.
  const FileWrite* updated = nullptr;
  for (const FileWrite& file : files) {
    if (file.path.name() == session::kLearningsRecord) updated = &file;
  }
  if (updated == nullptr || context.journal.is_done(step_id(*updated)))
    (void)write_files(context, "noted-learnings");
  return result;
}

}  // namespace

const Phase kLearnings{
    .id = "learnings",
    .title = "Learnings",
    .look = preview_learnings,
    .write = write_learnings,
    .does = R"(takes what the session has learned, by itself or with `git session learn`, into
`learnings.jsonl`: confirms, contradicts, adds, lets the rest fade, and
drops what has expired)",
    .skipped_when = R"(`persistence` is off, or nothing to learn)",
    .blocks_when = R"(never)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
