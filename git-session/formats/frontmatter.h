#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/json.h"

namespace gs::formats {

// A text that starts with a line "---", YAML, and a line "---". Views into the text; CRLF and a
// byte order mark are fine.
struct FrontmatterText {
  std::string_view yaml;  // between the two lines
  std::string_view body;  // after the second line
};
[[nodiscard]] std::optional<FrontmatterText> split_frontmatter(std::string_view text);

// The same text with top-level scalar keys of its frontmatter set; a key that is not there is added
// as the last one. Every other byte stays: comments (also the one behind the value), key order,
// quoting of others, line endings, body. Values are plain scalars (no quoting is done). Throws
// where there is no frontmatter.
[[nodiscard]] std::string set_frontmatter_values(
    std::string_view text, const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace gs::formats
