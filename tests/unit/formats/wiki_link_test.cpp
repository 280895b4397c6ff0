#include "formats/wiki_link.h"

#include <doctest/doctest.h>

#include <chrono>

namespace gs::formats {
namespace {

std::vector<std::string> targets(std::string_view text) {
  std::vector<std::string> found;
  for (const WikiLink& link : wiki_links(text)) found.push_back(link.target);
  return found;
}
using Targets = std::vector<std::string>;

TEST_CASE("a wiki link's target is told without anchor and alias") {
  CHECK(targets("see [[a]], [[ b c ]] and [[dir/d#part|the d]]") == Targets{"a", "b c", "dir/d"});
  CHECK(targets("| [[e\\|alias]] | ![[picture.png]] |") == Targets{"e", "picture.png"});
  CHECK(targets("[[f#^block]] [[g.md]]") == Targets{"f", "g.md"});
}

TEST_CASE("a link to an anchor of its own note, and what does not close, is no link") {
  CHECK(targets("[[#here]] [[]] [[|x]] [[open [[ ]").empty());
  CHECK(targets("[[broken\nover lines]]").empty());
  CHECK(targets("[[a[b]] [[c]]") == Targets{"c"});
  CHECK(targets("[[[a]]]") == Targets{"a"});
}

TEST_CASE("code is not searched for links") {
  CHECK(targets("```sh\n[[ -f x ]]\n```\n[[a]]\n~~~\n[[b]]\n~~~") == Targets{"a"});
  CHECK(targets("`[[a]]` [[b]] ``[[c]] ` [[d]]`` [[e]]") == Targets{"b", "e"});
  CHECK(targets("a ` b [[c]]") == Targets{"c"});
}

TEST_CASE("each target comes once, with its first line") {
  const auto links = wiki_links("x\r\n[[a]]\r\n[[b]] [[a]]", 7);
  REQUIRE(links.size() == 2);
  CHECK(links[0].target == "a");
  CHECK(links[0].line == 8);
  CHECK(links[1].line == 9);
}

TEST_CASE("hostile texts take linear time") {
  const auto begin = std::chrono::steady_clock::now();
  CHECK(targets(std::string(2'000'000, '[')).empty());
  std::string ticks = "[[";
  for (int i = 1; i < 1500; ++i) ticks += std::string(static_cast<std::size_t>(i), '`') + " ";
  CHECK(targets(ticks).empty());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

}  // namespace
}  // namespace gs::formats
