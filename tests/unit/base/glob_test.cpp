#include "base/glob.h"

#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <string>

using gs::Glob;

namespace {

// The definition, word for word and slow: each wildcard tries every length it may match.
bool slow_match(std::string_view pattern, std::string_view path);

bool slow_try(std::string_view rest_of_pattern, std::string_view path,
              bool (*may_take)(std::string_view)) {
  for (std::size_t taken = 0; taken <= path.size(); ++taken) {
    if (may_take(path.substr(0, taken)) && slow_match(rest_of_pattern, path.substr(taken))) {
      return true;
    }
  }
  return false;
}

bool slow_match(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) {
    return path.empty();
  }
  if (pattern.starts_with("**/")) {
    return slow_try(pattern.substr(3), path,
                    [](std::string_view taken) { return taken.empty() || taken.ends_with('/'); });
  }
  if (pattern.starts_with("**")) {
    return slow_try(pattern.substr(2), path, [](std::string_view) { return true; });
  }
  if (pattern.starts_with('*')) {
    return slow_try(pattern.substr(1), path, [](std::string_view taken) {
      return taken.find('/') == std::string_view::npos;
    });
  }
  return !path.empty() && pattern[0] == path[0] && slow_match(pattern.substr(1), path.substr(1));
}

bool reference(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) {
    return false;
  }
  return pattern.ends_with('/') ? path.starts_with(pattern) : slow_match(pattern, path);
}

std::string random_text(std::mt19937& random, std::string_view alphabet, std::size_t longest) {
  std::string text;
  for (std::size_t n = random() % (longest + 1); n > 0; --n) {
    text += alphabet[random() % alphabet.size()];
  }
  return text;
}

bool matches(const char* pattern, std::string_view path) {
  return Glob(pattern).matches(path);
}

}  // namespace

TEST_CASE("a pattern that ends in a slash is a literal prefix") {
  CHECK(matches("src/", "src/a/b.c"));
  CHECK_FALSE(matches("src/", "src"));
  CHECK_FALSE(matches("src/", "lib/src/a"));
  CHECK_FALSE(matches("s*/", "src/a"));
  CHECK(matches("s*/", "s*/a"));
}

TEST_CASE("'**/' matches zero or more directories") {
  CHECK(matches("**/a.c", "a.c"));
  CHECK(matches("**/a.c", "x/y/a.c"));
  CHECK_FALSE(matches("**/a.c", "xa.c"));
  CHECK(matches("src/**/a.c", "src/a.c"));
  CHECK(matches("src/**/a.c", "src/x/y/a.c"));
  CHECK_FALSE(matches("src/**/a.c", "srcx/a.c"));
}

TEST_CASE("any other '**' matches anything, slashes too") {
  CHECK(matches("src/**", "src/x/y.c"));
  CHECK(matches("src/**", "src/"));
  CHECK_FALSE(matches("src/**", "src"));
  CHECK(matches("a**z", "a/b/z"));
  CHECK(matches("**", ""));
  CHECK(matches("***", "a/b"));
}

TEST_CASE("'*' stays within a segment") {
  CHECK(matches("src/*.c", "src/a.c"));
  CHECK(matches("src/*.c", "src/.c"));
  CHECK_FALSE(matches("src/*.c", "src/x/a.c"));
  CHECK(matches("*", ""));
  CHECK_FALSE(matches("*", "a/b"));
}

TEST_CASE("every other character is itself, case counts, and both ends are anchored") {
  CHECK(matches("a?[b]{c}.\\", "a?[b]{c}.\\"));
  CHECK_FALSE(matches("a?", "ab"));
  CHECK_FALSE(matches("[ab]", "a"));
  CHECK_FALSE(matches("A", "a"));
  CHECK_FALSE(matches("a", "ab"));
  CHECK_FALSE(matches("b", "ab"));
  CHECK_FALSE(matches("", ""));
  CHECK_FALSE(matches("", "a"));
}

TEST_CASE("any glob of several may match") {
  const std::vector<Glob> globs{Glob("a/"), Glob("*.md")};
  CHECK(gs::matches_any(globs, "README.md"));
  CHECK(gs::matches_any(globs, "a/x"));
  CHECK_FALSE(gs::matches_any(globs, "b/x"));
  CHECK_FALSE(gs::matches_any({}, "b/x"));
  CHECK(globs[1].pattern() == "*.md");
}

TEST_CASE("random patterns match random paths exactly as the definition says") {
  std::mt19937 random(20261122);
  int matched = 0;
  for (int i = 0; i < 300'000; ++i) {
    const std::string pattern = random_text(random, "***/ab", 8);
    const std::string path = random_text(random, "//aab", 9);
    const bool expected = reference(pattern, path);
    matched += expected ? 1 : 0;
    INFO("pattern '", pattern, "' path '", path, "'");
    REQUIRE(Glob(pattern).matches(path) == expected);
  }
  CHECK(matched > 10'000);  // else the test would compare nothing but refusals
}

TEST_CASE("'?' is itself, or one character of a segment where that is asked for") {
  CHECK(Glob("a?.md").matches("a?.md"));
  CHECK_FALSE(Glob("a?.md").matches("ab.md"));
  const Glob one("a?/**/?.md", Glob::Question::OneCharacter);
  CHECK(one.matches("ab/c.md"));
  CHECK(one.matches("a?/x/y/c.md"));
  CHECK_FALSE(one.matches("a/c.md"));
  CHECK_FALSE(one.matches("a//c.md"));
  CHECK_FALSE(one.matches("ab/cd.md"));
  CHECK(Glob("?/", Glob::Question::OneCharacter).matches("?/x"));  // a literal prefix
}

TEST_CASE("no pattern blows the matcher up") {
  std::string pattern;
  for (int i = 0; i < 500; ++i) {
    pattern += i % 2 == 0 ? "**/*a" : "*b**";
  }
  const std::string path(4000, 'a');
  const auto start = std::chrono::steady_clock::now();
  CHECK_FALSE(Glob(pattern + "!").matches(path));
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}
