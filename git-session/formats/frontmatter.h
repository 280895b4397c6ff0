#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/json.h"

namespace gs::formats {

// A text that starts with a line "---", YAML, and a line "---". Views into the text; CRLF and a
// byte order mark are accepted.
struct FrontmatterText {
  std::string_view yaml;  // between the two lines
  std::string_view body;  // after the second line
};
[[nodiscard]] std::optional<FrontmatterText> split_frontmatter(std::string_view text);

// The text with top-level scalar keys of its frontmatter set; missing keys are appended. All other
// bytes are preserved: comments (also after the value), key order, quoting of others, line endings,
// body. Values are plain scalars (not quoted here). Throws if there is no frontmatter.
[[nodiscard]] std::string set_frontmatter_values(
    std::string_view text, const std::vector<std::pair<std::string, std::string>>& values);
// The text without these top-level keys and their values; all other bytes are preserved.
[[nodiscard]] std::string remove_frontmatter_keys(std::string_view text,
                                                  const std::vector<std::string>& keys);

}  // namespace gs::formats
