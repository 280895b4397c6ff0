#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"

namespace gs::session {

// The plain patterns (Glob's) that a person's pattern stands for: blanks around it, "./" and
// doubled slashes are dropped, "." is "**", and "{a,b}" is each of them, beside itself.
[[nodiscard]] std::vector<std::string> plain_patterns(std::string_view written);

// Why a person's pattern cannot be used: no path of the tree can match it, or it stands for more
// than 64.
struct BadPattern {
  std::string why;   // "is an absolute path"
  std::string hint;  // "write 'src/a.c'"
};
// `top`: of the work tree, for what to write instead of an absolute path in it.
[[nodiscard]] std::optional<BadPattern> bad_pattern(std::string_view written,
                                                    std::string_view top = "");

// A person's pattern in a plan: the plain ones, and what is below them, so that a directory may be
// named with or without its slash.
class PathPattern {
 public:
  explicit PathPattern(std::string written);
  [[nodiscard]] bool matches(std::string_view path) const { return matches_any(globs_, path); }
  [[nodiscard]] const std::string& pattern() const { return written_; }
  [[nodiscard]] const std::vector<Glob>& globs() const { return globs_; }

 private:
  std::string written_;
  std::vector<Glob> globs_;
};

[[nodiscard]] bool matches_any(std::span<const PathPattern> patterns, std::string_view path);

}  // namespace gs::session
