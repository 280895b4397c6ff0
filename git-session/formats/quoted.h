#pragma once

#include <string>
#include <string_view>

namespace gs::formats {

// How a string in double quotes writes a character above U+FFFF by its number.
enum class Quoting {
  Json,  // "\udb40\udc41"
  Yaml,  // "\U000e0041"; TOML too
};

// `text` (UTF-8) in double quotes: quotes and backslashes, and everything that a screen would not
// show (base/screen.h), are escapes, which a parser reads back as the same text.
[[nodiscard]] std::string quoted(std::string_view text, Quoting quoting);

}  // namespace gs::formats
