#pragma once

#include <string>
#include <string_view>

#include "formats/json.h"

namespace gs::formats {

// One YAML document as a Json value. Plain scalars follow the YAML core schema (null, true/false,
// integers, floats), but dates and times stay strings, as do quoted scalars. Aliases, tags that
// build objects, nesting deeper than 50 and texts over 1 MiB are refused. Throws a fatal Error
// "<source>:<line>: …"; `first_line` is the line of the file on which `text` starts.
enum class DuplicateKeys { Refused, LastWins };
[[nodiscard]] Json parse_yaml(std::string_view text, const std::string& source,
                              std::size_t first_line = 1,
                              DuplicateKeys duplicates = DuplicateKeys::Refused);

}  // namespace gs::formats
