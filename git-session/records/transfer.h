#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"

// What `records export` writes and `records import` reads (docs/formats.md, "Exported records").
namespace gs::records {

// Lines of sessions.jsonl and of learnings.jsonl.
struct Transfer {
  std::vector<Json> sessions;   // each with a session_id
  std::vector<Json> learnings;  // each with an id
  std::size_t left_out = 0;     // lines that have none
};
[[nodiscard]] Transfer collect_records(std::string_view sessions, std::string_view learnings);
// A header, then a line for each.
[[nodiscard]] std::string render_transfer(const Transfer& transfer);
// Throws what is wrong with it, and a refusal that names the version it needs if a newer one wrote
// it. `source` is for messages.
[[nodiscard]] Transfer parse_transfer(std::string_view text, const std::string& source);

struct NewLines {
  std::string text;  // of those that are not there yet
  std::size_t added = 0, known = 0;
};
// `key`: of the id.
[[nodiscard]] NewLines new_lines(std::string_view present, const std::vector<Json>& records,
                                 const std::string& key);

}  // namespace gs::records
