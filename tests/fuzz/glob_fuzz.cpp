#include "base/glob.h"
#include "fuzz.h"

// The first line is the pattern, the rest the path.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = gs::fuzz::text_of(data, size);
  const std::size_t newline = text.find('\n');
  const std::string pattern(text.substr(0, newline));
  const std::string_view path =
      newline == std::string_view::npos ? std::string_view() : text.substr(newline + 1);
  const bool matches = gs::Glob(pattern).matches(path);
  if (pattern.empty()) gs::fuzz::require(!matches);
  const bool literal = pattern.find('*') == std::string::npos && !pattern.ends_with('/');
  if (literal && !pattern.empty()) gs::fuzz::require(matches == (pattern == path));
  return 0;
}
