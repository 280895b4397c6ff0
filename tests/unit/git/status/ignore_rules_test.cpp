#include "git/status/ignore_rules.h"

#include <doctest/doctest.h>

using gs::git::Ignored;
using gs::git::IgnoreRules;

namespace {

Ignored match(std::string_view content, std::string_view path, bool is_directory = false) {
  return IgnoreRules::read(content, "", nullptr)->match(path, is_directory);
}

}  // namespace

TEST_CASE("a plain name is ignored at every depth, a plain path at its own") {
  CHECK(match("name\n", "name") == Ignored::Yes);
  CHECK(match("name\n", "a/b/name") == Ignored::Yes);
  CHECK(match("**/name\n", "a/b/name") == Ignored::Yes);
  CHECK(match("name\n", "names") == Ignored::No);
  CHECK(match("/name\n", "name") == Ignored::Yes);
  CHECK(match("/name\n", "a/name") == Ignored::No);
  CHECK(match("a/name\r\n", "a/name") == Ignored::Yes);
  CHECK(match("a/name\n", "b/a/name") == Ignored::No);
}

TEST_CASE("one star at an end of a name is decided here") {
  CHECK(match("*.o\n", "d/a.o") == Ignored::Yes);
  CHECK(match("*.o\n", "d/a.oo") == Ignored::No);
  CHECK(match("tmp*\n", "d/tmpfile") == Ignored::Yes);
  CHECK(match("*\n", "anything") == Ignored::Yes);
}

TEST_CASE("other patterns are git's to match, where what is plain in them does not rule them out") {
  CHECK(match("*.py[co]\n", "a.pyc") == Ignored::GitKnows);
  CHECK(match("*.py[co]\n", "a.txt") == Ignored::No);
  CHECK(match("a/*/b\n", "a/x/b") == Ignored::GitKnows);
  CHECK(match("a/*/b\n", "c/x/b") == Ignored::No);
  CHECK(match("\\#name\n", "#name") == Ignored::GitKnows);
}

TEST_CASE("the last rule that matches decides, and a deeper file before one above it") {
  CHECK(match("*.o\n!keep.o\n", "keep.o") == Ignored::No);
  CHECK(match("!keep.o\n*.o\n", "keep.o") == Ignored::Yes);
  CHECK(match("[ab].o\n*.o\n", "a.o") == Ignored::Yes);
  CHECK(match("*.o\n[ab].o\n", "a.o") == Ignored::GitKnows);
  const auto top = IgnoreRules::read("*.o\n", "", nullptr);
  const auto deep = IgnoreRules::read("!/keep.o\n", "d/", top);
  CHECK(deep->match("d/keep.o", false) == Ignored::No);
  CHECK(deep->match("d/e/keep.o", false) == Ignored::Yes);
}

TEST_CASE(
    "a slash at the end asks for a directory; comments, blanks and trailing spaces count for "
    "nothing") {
  CHECK(match("build/\n", "build", true) == Ignored::Yes);
  CHECK(match("build/\n", "build", false) == Ignored::No);
  CHECK(match("# name\n\n  \nname  ", "name") == Ignored::Yes);
  CHECK(match("# name\n", "# name") == Ignored::No);
}
