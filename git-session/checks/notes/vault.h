#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file/tree_files.h"
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
// Checks every note of the vault in `directory` (absolute): frontmatter and wiki links
// (docs/formats.md, "Vault"). `exclude`: globs relative to it. `shown_as`: prefix of a note's path
// in findings, "" or with a final '/'. Symbolic links are not followed; a note over 8 MiB is an
// error. Order: by path.
[[nodiscard]] VaultCheck check_vault(const TreeFiles& files,
                                     const std::vector<std::string>& exclude,
                                     const std::string& shown_as);

// The check of a single note (docs/formats.md, "Vault").
struct NoteProblem {
  std::size_t line = 0;  // of the file, from 1
  std::string message;
};
struct NoteScan {
  bool has_frontmatter = false;
  std::vector<NoteProblem> errors;
  std::vector<NoteProblem> warnings;
  std::vector<formats::WikiLink> links;  // only of a note with frontmatter
};
// Never throws: an unreadable part is an error of the note.
[[nodiscard]] NoteScan scan_note(std::string_view text);

// Checks the frontmatter's values against the schema. Also used before notes are written.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> check_note_values(
    const Json& frontmatter);  // key, what is wrong

}  // namespace gs::checks
