#pragma once

#include <string>
#include <string_view>
#include <vector>

// session-handover/<session>.md in the state directory (docs/formats.md, "Handover").
namespace gs::records {

struct Handover {
  std::string session, title, session_type, branch;
  std::string closed_at;  // as format_utc gives it
  std::vector<std::string> done;
  std::vector<std::string> resume;   // where to go on, the first thing first
  std::vector<std::string> metrics;  // "Files changed: 12"
  std::vector<std::string> opened;   // issues
  std::vector<std::string> closed;
};

[[nodiscard]] std::string render_handover(const Handover& handover);

}  // namespace gs::records
