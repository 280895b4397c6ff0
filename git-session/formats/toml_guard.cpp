#include "formats/toml_guard.h"

#include <algorithm>

#include "base/error.h"
#include "formats/lines.h"

namespace gs::formats {
namespace {

constexpr std::size_t kLongest = 1U << 20U;
constexpr int kMostParts = 50;
constexpr int kDeepest = 50;

// Offset behind the string that starts at `at`: basic or literal, in one quote or in three. One or
// two quotes of its own may stand before the closing three.
std::size_t behind_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool multi_line = text.substr(at, 3) == three;
  for (at += multi_line ? 3 : 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (multi_line && text.substr(at, 3) == three) {
      at += 3;
      for (int own = 0; own < 2 && at < text.size() && text[at] == quote; ++own) ++at;
      return at;
    } else if (!multi_line && (text[at] == quote || text[at] == '\n')) {
      return at + 1;
    }
  }
  return text.size();
}

}  // namespace

void refuse_deep_toml(std::string_view text, const std::string& source) {
  if (text.size() > kLongest) throw fatal(source + ":1: no valid TOML: larger than 1 MiB");
  const auto refuse = [&](std::size_t at, const char* message) {
    throw fatal(source + ":" + std::to_string(line_at(text, at)) + ": no valid TOML: " + message);
  };
  int dots = 0;   // since the start of this key or value
  int depth = 0;  // of brackets
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = behind_string(text, at);
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '.' && ++dots >= kMostParts) refuse(at, "a key of more than 50 parts");
    if ((c == '[' || c == '{') && ++depth > kDeepest) refuse(at, "nested deeper than 50");
    if (c == ']' || c == '}') depth = std::max(depth - 1, 0);
    if (std::string_view("\n=,[]{}").find(c) != std::string_view::npos) dots = 0;
    ++at;
  }
}

}  // namespace gs::formats
