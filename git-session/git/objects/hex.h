#pragma once

#include <string>
#include <string_view>

namespace gs::git {

// Paths and contents are bytes and JSON is text: hex keeps every one of them exactly.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string from_hex(std::string_view hex);  // of what to_hex gave

}  // namespace gs::git
