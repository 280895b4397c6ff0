#pragma once

#include <string>
#include <string_view>

namespace gs::config {

// The YAML of a block with unquoted items that start with '*' put into single quotes: people write
// globs so, and an alias, which is what YAML makes of them, means nothing here. Lines stay lines.
[[nodiscard]] std::string quote_globs(std::string_view yaml);

}  // namespace gs::config
