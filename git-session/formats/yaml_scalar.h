#pragma once

#include <string>

#include "formats/json.h"

namespace gs::formats {

// A plain YAML scalar by the core schema. What has no exact JSON value stays a string: integers
// over 64 bits, infinities, not-a-number, dates and times.
[[nodiscard]] Json parse_plain_scalar(const std::string& text);

}  // namespace gs::formats
