#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gs {

// A path pattern with the semantics of wave-scope.json (docs/formats.md, "Scope"): a pattern ending
// in '/' is a literal prefix of a directory; "**/" matches zero or more directories; any other "**"
// matches anything; '*' matches within one segment; every other character, '?' and '[' included, is
// itself; case-sensitive; anchored at both ends; the empty pattern matches nothing. Matching takes
// O(pattern x path) for every pattern.
class Glob {
 public:
  // What '?' matches: itself, or (in a vault's globs) any one character within a segment.
  enum class Question { Literal, OneCharacter };

  explicit Glob(std::string pattern, Question question = Question::Literal);
  [[nodiscard]] bool matches(std::string_view path) const;
  [[nodiscard]] const std::string& pattern() const { return pattern_; }

 private:
  enum class Kind : unsigned char { Character, One, Star, Anything, Directories, InDirectories };
  struct Step {
    Kind kind;
    char character;
  };

  void follow_empty_matches(std::vector<char>& reached) const;

  std::string pattern_;
  std::size_t literal_length_;  // bytes before the first wildcard
  std::vector<Step> steps_;     // what follows them
};

[[nodiscard]] bool matches_any(std::span<const Glob> globs, std::string_view path);

}  // namespace gs
