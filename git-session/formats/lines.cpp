#include "formats/lines.h"

#include <algorithm>

namespace gs::formats {

std::vector<TextLine> text_lines(std::string_view text) {
  std::vector<TextLine> lines;
  const std::size_t top = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (std::size_t begin = top; begin < text.size();) {
    const std::size_t newline = text.find('\n', begin);
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    std::string_view line =
        text.substr(begin, (newline == std::string_view::npos ? end : newline) - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back({line, begin, end});
    begin = end;
  }
  return lines;
}

std::string_view line_ending(std::string_view text) {
  const std::size_t newline = text.find('\n');
  const bool crlf = newline != std::string_view::npos && newline > 0 && text[newline - 1] == '\r';
  return crlf ? "\r\n" : "\n";
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  return static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
}

bool is_blank(std::string_view text) {
  return indentation(text) == text.size();
}

std::size_t indentation(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? text.size() : first;
}

}  // namespace gs::formats
