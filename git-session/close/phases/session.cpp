#include "base/text.h"
#include "close/docs_sources.h"
#include "close/gather.h"
#include "close/phases/phases.h"

namespace gs::close {

PhaseResult look_session(Context& context) {
  session::SessionLookup lookup =
      session::find_current_session(context.workspace, context.options.base);
  if (!lookup.session) {
    PhaseResult result = block(lookup.detail);
    result.hint = lookup.absence == session::Absence::OtherBranch
                      ? "check out the session's branch, or begin one here with 'git session start'"
                      : "begin one with 'git session start'";
    return result;
  }
  context.session = std::move(lookup.session);
  context.docs_tasks = find_docs_tasks(context);
  context.session->more_docs = patterns_of(context.docs_tasks);
  gather_changes(context);

  std::size_t foreign = 0;
  for (const session::OwnedChange& owned : context.owned) {
    if (owned.owner == session::Owner::Foreign) ++foreign;
  }
  std::string summary = context.session->id + ": " + plural(context.changes.size(), "changed file");
  if (foreign > 0) summary += ", " + plural(foreign, "foreign one");
  PhaseResult result = ok(summary);
  for (const std::string& warning : context.session->warnings) {
    result.outcome = Outcome::Warn;
    result.findings.push_back({"session", session::Severity::Low, 100, "", 0, warning, "",
                               "mend the file; the close goes on without it"});
  }
  return result;
}

}  // namespace gs::close
