#pragma once

#include <cstddef>
#include <string_view>

namespace gs {

// Length in bytes (1 to 4) of the UTF-8 sequence that `bytes` begins with; 0 when it begins with
// none (overlong forms, surrogates and code points above U+10FFFF are none).
[[nodiscard]] std::size_t utf8_length(std::string_view bytes);

}  // namespace gs
