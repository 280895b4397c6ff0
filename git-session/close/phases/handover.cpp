#include "close/journal/file_writes.h"
#include "close/phases/phases.h"
#include "git/status/ignore_rules.h"

namespace gs::close {

namespace {

PhaseResult preview_handover(Context& context) {
  return preview_planned(context, "handover");
}

PhaseResult write_handover(Context& context) {
  const PhaseResult result = write_planned(context, "handover");
  // For the next session here and never committed: excluded, so that the work tree stays clean.
  const FilePlace& directory = context.write_plan->state_directory;
  if (result.outcome != Outcome::Skip && directory.inside()) {
    git::exclude_locally(context.repository(),
                         "/" + directory.child("session-handover").bytes() + "/");
  }
  return result;
}

}  // namespace

const Phase kHandover{
    .id = "handover",
    .title = "Handover",
    .look = preview_handover,
    .write = write_handover,
    .does = R"(of a session with more than 5 files, 2 waves or 2 items that are carried over,
writes `session-handover/<session>.md` in the state directory, in the private home
`git-session/handover/<session>.md` in the git directory; it is not committed)",
    .skipped_when = R"(the session is smaller)",
    .blocks_when = R"(never)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
