#include "records/handover.h"

#include "records/list_section.h"

namespace gs::records {
std::string render_handover(const Handover& handover) {
  std::string text =
      "# Handover: " + (handover.title.empty() ? "session " + handover.session : handover.title) +
      "\n\n";
  text += "- Session: " + handover.session + "\n";
  text += "- Type: " + (handover.session_type.empty() ? "n/a" : handover.session_type) + "\n";
  text += "- Branch: " + (handover.branch.empty() ? "detached HEAD" : handover.branch) + "\n";
  text += "- Closed: " + handover.closed_at + "\n";
  text += list_section("Tasks Completed", handover.done);
  text += list_section("Resume Point", handover.resume);
  text += list_section("Metrics Changed", handover.metrics);
  text += list_section("Issues Opened", handover.opened);
  text += list_section("Issues Closed", handover.closed);
  return text;
}

}  // namespace gs::records
