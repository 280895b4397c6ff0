#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file/tree_files.h"
#include "base/repo_path.h"
#include "formats/json.h"

namespace gs::session {

// A line of .orchestrator/metrics/events.jsonl.
struct Event {
  std::string name;  // without "orchestrator.", dots as underscores: "git_session_scope_violation"
  Json value;        // the whole line
};

struct Events {
  std::vector<Event> events;  // of one session, in the order of the file
  std::size_t broken = 0;     // lines that are not a JSON object, of any session
};
// The events whose `session` or `session_id` is `session`. The file is shared and only grows, so
// lines of other sessions are not parsed.
[[nodiscard]] Events parse_events(std::string_view text, const std::string& session);
// The events of all these files in turn; a missing file has none.
[[nodiscard]] Events read_events(const TreeFiles& tree, const std::vector<FilePlace>& files,
                                 const std::string& session);

}  // namespace gs::session
