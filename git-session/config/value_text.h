#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"

// Values as people write them on one line of a file, or pass them to git config.
namespace gs::config {

// "[a, b]" or "a, b"; each item may be quoted, and then contain commas.
[[nodiscard]] std::vector<std::string> parse_list_text(std::string_view text);
// "6" is 6, "6 (deep: 18)" is {"default":6,"deep":18}. Absent if malformed or out of range.
[[nodiscard]] std::optional<Json> parse_integer_text(std::string_view text);
[[nodiscard]] std::optional<long> parse_whole_number(std::string_view text);  // 0 to 2147483647
[[nodiscard]] std::optional<double> parse_number(std::string_view text);
// "50m" in bytes, with the units k, m and g as in git.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);
// "{ a: 1 }" or "[{a: 1}]" as a value; any other text as the scalar that YAML reads.
[[nodiscard]] Json parse_flow_text(std::string_view text);
// Without the quotes around it, if they are a pair.
[[nodiscard]] std::string_view without_quotes(std::string_view text, char quote);

// The YAML of a block, with unquoted items that start with '*' put into single quotes: people write
// globs that way, and YAML would read an alias, which means nothing here. Keeps line numbers.
[[nodiscard]] std::string quote_globs(std::string_view yaml);

}  // namespace gs::config
