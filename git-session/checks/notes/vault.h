#pragma once

#include <string>
#include <vector>

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

}  // namespace gs::checks
