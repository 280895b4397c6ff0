#pragma once

#include <cstddef>
#include <string_view>

namespace gs::formats {

// Follows fenced code blocks through the lines of a Markdown text (CommonMark: three or more '`' or
// '~', at most three spaces before them).
class CodeFence {
 public:
  // Takes the next line (without its end); true when it opens or closes a fence.
  bool take(std::string_view line);
  [[nodiscard]] bool inside() const { return length_ > 0; }

 private:
  char mark_ = 0;
  std::size_t length_ = 0;  // of the fence that is open
};

}  // namespace gs::formats
