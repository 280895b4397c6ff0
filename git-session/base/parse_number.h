#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace gs {

// `text` as a decimal number of one to `max_digits` (at most 18) ASCII digits and nothing else.
[[nodiscard]] std::optional<long long> parse_number(std::string_view text, std::size_t max_digits);

}  // namespace gs
