// Random patterns and paths, judged by Glob and by a matcher that tries every reading.
#include <doctest/doctest.h>

#include <random>
#include <string>

#include "base/glob.h"

using namespace gs;

namespace {

// Does the whole of `path` read as `pattern`? Exponential, and that is its virtue: it has no
// states.
bool reads_as(const std::string& pattern, const std::string& path) {
  if (pattern.empty()) return path.empty();
  if (pattern.rfind("**/", 0) == 0) {
    const std::string rest = pattern.substr(3);
    if (reads_as(rest, path)) return true;  // no directory at all
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (path[i] == '/' && reads_as(rest, path.substr(i + 1))) return true;
    }
    return false;
  }
  const bool anything = pattern.rfind("**", 0) == 0;
  if (anything || pattern[0] == '*') {
    const std::string rest = pattern.substr(anything ? 2 : 1);
    for (std::size_t taken = 0;; ++taken) {
      if (reads_as(rest, path.substr(taken))) return true;
      if (taken == path.size() || (!anything && path[taken] == '/')) return false;
    }
  }
  return !path.empty() && path[0] == pattern[0] && reads_as(pattern.substr(1), path.substr(1));
}

bool allowed_by(const std::string& pattern, const std::string& path) {
  if (pattern.empty()) return false;
  if (pattern.back() == '/') return path.compare(0, pattern.size(), pattern) == 0;
  return reads_as(pattern, path);
}

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::string text(const std::string& alphabet, std::size_t longest) {
    std::string made;
    for (std::size_t left = random_() % (longest + 1); left > 0; --left) {
      made += alphabet[random_() % alphabet.size()];
    }
    return made;
  }
  // A pattern that the path has a chance to match: the path with parts of it put as wildcards.
  std::string pattern_like(const std::string& path) {
    std::string pattern;
    for (std::size_t i = 0; i < path.size(); ++i) {
      switch (random_() % 8) {
        case 0:
          pattern += '*';
          break;
        case 1:
          pattern += "**";
          break;
        case 2:
          pattern += "**/";
          while (i + 1 < path.size() && path[i] != '/') ++i;
          break;
        default:
          pattern += path[i];
      }
    }
    return pattern;
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("random patterns match what a matcher that tries everything matches") {
  Maker maker(20261122);
  int matches = 0;
  for (int round = 0; round < 60000; ++round) {
    const std::string path = maker.text("ab/?[", 10);
    const std::string pattern =
        round % 2 == 0 ? maker.pattern_like(path) : maker.text("ab/**?[", 8);
    const bool expected = allowed_by(pattern, path);
    matches += expected ? 1 : 0;
    REQUIRE_MESSAGE(Glob(pattern).matches(path) == expected,
                    "'" << pattern << "' and '" << path << "'");
  }
  CHECK(matches > 10000);  // neither side says no to everything
}
