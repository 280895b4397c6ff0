#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gs::formats {

// One line of a text with its offsets, so that an edit can preserve every other byte.
struct TextLine {
  std::string_view text;  // without "\n", the "\r" before it, and a byte order mark at the top
  std::size_t begin = 0;  // offset of its first byte
  std::size_t end = 0;    // offset after its line ending (or the end of the text)
};
[[nodiscard]] std::vector<TextLine> text_lines(std::string_view text);

// "\r\n" if the first line of `text` ends with it, else "\n".
[[nodiscard]] std::string_view line_ending(std::string_view text);

// Number of the line, from 1, that contains the byte at `offset`.
[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t offset);

[[nodiscard]] bool is_blank(std::string_view text);            // spaces and tabs only
[[nodiscard]] std::size_t indentation(std::string_view text);  // leading spaces and tabs

// The UTF-8 byte order mark that some editors write.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace gs::formats
