#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"
#include "formats/markdown.h"
#include "session/finding.h"

namespace gs::checks {

struct VaultCheck {
  std::size_t notes = 0;                // checked
  std::size_t without_frontmatter = 0;  // skipped
  std::size_t excluded = 0;
  std::vector<session::Finding> errors;
  std::vector<session::Finding> warnings;  // dangling links
};
// Looks at every note of the vault in `directory` (absolute): frontmatter and wiki links
// (docs/formats.md, "Vault"). `exclude`: globs relative to it. `shown_as`: what findings put before
// a note's path, "" or with its '/'. Symbolic links are not followed; a note over 8 MiB is an error
// of its own. Order: by path.
[[nodiscard]] VaultCheck check_vault(const std::string& directory,
                                     const std::vector<std::string>& exclude,
                                     const std::string& shown_as);

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
