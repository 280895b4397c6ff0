#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"
#include "formats/wiki_link.h"

namespace gs::checks {

// A vault's note (docs/formats.md, "Vault"), looked at for itself.
struct NoteProblem {
  std::size_t line = 0;  // of the file, from 1
  std::string message;
};
struct NoteScan {
  bool has_frontmatter = false;
  std::vector<NoteProblem> errors;
  std::vector<NoteProblem> warnings;
  std::vector<formats::WikiLink> links;  // of a note with frontmatter
};
// Never throws: what cannot be read is an error of the note.
[[nodiscard]] NoteScan scan_note(std::string_view text);

// The frontmatter's values against the schema; messages only. Shared with what writes notes.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> check_note_values(
    const Json& frontmatter);  // key, what is wrong

}  // namespace gs::checks
