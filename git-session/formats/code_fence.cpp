#include "formats/code_fence.h"

#include "formats/lines.h"

namespace gs::formats {

bool CodeFence::take(std::string_view line) {
  const std::size_t indent = indentation(line);
  if (indent > 3 || line.substr(0, indent).find('\t') != std::string_view::npos) return false;
  line.remove_prefix(indent);
  const char mark = line.empty() ? '\0' : line.front();
  if (mark != '`' && mark != '~') return false;
  const std::size_t first_other = line.find_first_not_of(mark);
  const std::size_t length = first_other == std::string_view::npos ? line.size() : first_other;
  const std::string_view rest = line.substr(length);
  if (inside()) {
    if (mark != mark_ || length < length_ || !is_blank(rest)) return false;
    length_ = 0;
    return true;
  }
  // "```a```" is code within a line, not a fence.
  if (length < 3 || (mark == '`' && rest.find('`') != std::string_view::npos)) return false;
  mark_ = mark;
  length_ = length;
  return true;
}

}  // namespace gs::formats
