#include "git/objects/merge.h"

#include <doctest/doctest.h>

#include <random>

#include "support/temp_repo.h"

using gs::git::added_lines;
using gs::git::merge_contents;
using gs::test::TempRepo;

namespace {

std::string random_lines(std::mt19937& random, std::size_t most) {
  std::string text;
  const std::size_t count = random() % most;
  for (std::size_t i = 0; i < count; ++i) {
    text += static_cast<char>('a' + random() % 6);
    text += '\n';
  }
  if (!text.empty() && random() % 4 == 0) text.pop_back();
  return text;
}

std::string mutated(std::mt19937& random, const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (random() % 9 == 0) result += "new " + std::to_string(random() % 3) + "\n";
    if (random() % 9 != 0) result += text[i];
  }
  return result;
}

}  // namespace

TEST_CASE("changes apart from each other merge, changes of the same line do not") {
  CHECK(merge_contents("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n") ==
        "A\nb\nc\nd\nE\n");
  CHECK_FALSE(merge_contents("a\n", "b\n", "c\n"));
  CHECK(merge_contents("a\n", "b\n", "b\n") == "b\n");
  CHECK(merge_contents("a\n", "", "a\n") == "");
  CHECK(merge_contents("", "", "") == "");
}

TEST_CASE("binary content is never merged") {
  const std::string_view binary("a\0b", 3);
  CHECK_FALSE(merge_contents(binary, binary, "x"));
  CHECK_FALSE(merge_contents("x", binary, "x"));
  CHECK_FALSE(merge_contents("x", "x", binary));
}

TEST_CASE("merging agrees with git merge-file on random contents") {
  TempRepo repo;
  std::mt19937 random(7);
  int merged = 0;
  for (int round = 0; round < 150; ++round) {
    const std::string base = random_lines(random, 25);
    const std::string ours = mutated(random, base);
    const std::string theirs = mutated(random, base);
    repo.write("base", base);
    repo.write("ours", ours);
    repo.write("theirs", theirs);
    const gs::ProcessResult git = repo.try_git({"merge-file", "-p", "ours", "base", "theirs"});
    const auto result = merge_contents(base, ours, theirs);
    CAPTURE(base);
    CAPTURE(ours);
    CAPTURE(theirs);
    CHECK(result.has_value() == git.ok());
    if (result && git.ok()) {
      CHECK(*result == git.out);
      ++merged;
    }
  }
  CHECK(merged > 10);
}

TEST_CASE("added lines are found with their numbers") {
  const auto lines = added_lines("a\nb\nc\n", "a\nx\nb\nc\ny");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].number == 2);
  CHECK(lines[0].text == "x");
  CHECK(lines[1].number == 5);
  CHECK(lines[1].text == "y");
  CHECK(added_lines("", "one\r\ntwo\n").size() == 2);
  CHECK(added_lines("", "one\r\n")[0].text == "one\r");
  CHECK(added_lines("a\n", "").empty());
  CHECK(added_lines("a\n", "a\n").empty());
  CHECK(added_lines("a\n", std::string_view("b\0\n", 3)).empty());
}

TEST_CASE("added lines are those of git diff on random contents") {
  TempRepo repo;
  std::mt19937 random(11);
  for (int round = 0; round < 100; ++round) {
    const std::string before = random_lines(random, 30);
    const std::string after = mutated(random, before);
    repo.write("before", before);
    repo.write("after", after);
    const gs::ProcessResult git = repo.try_git(
        {"diff", "--no-index", "-U0", "--no-color", "--output-indicator-new=>", "before", "after"});
    std::string expected;
    bool in_hunk = false;
    std::string_view rest = git.out;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      in_hunk = in_hunk || line.starts_with("@@");
      if (in_hunk && line.starts_with('>')) expected += std::string(line.substr(1)) + '\n';
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    }
    std::string ours;
    for (const auto& line : added_lines(before, after)) ours += line.text + '\n';
    CAPTURE(before);
    CAPTURE(after);
    CHECK(ours == expected);
  }
}

TEST_CASE("a difference counts and shows lines as git diff does, on random contents") {
  TempRepo repo;
  std::mt19937 random(12);
  for (int round = 0; round < 40; ++round) {
    const std::string before = random_lines(random, 30);
    const std::string after = mutated(random, before);
    const auto found = gs::git::differ(before, after, "file");
    repo.write("before", before);
    repo.write("after", after);
    const std::string counted =
        repo.try_git({"diff", "--no-index", "--numstat", "before", "after"}).out;
    const std::string expected =
        before == after ? ""
                        : std::to_string(found.added) + "\t" + std::to_string(found.removed) + "\t";
    CAPTURE(before);
    CAPTURE(after);
    CHECK(counted.substr(0, expected.size()) == expected);
    const std::string git = repo.try_git({"diff", "--no-index", "before", "after"}).out;
    const auto hunks = [](const std::string& patch) {
      const std::size_t at = patch.find("\n@@");
      return at == std::string::npos ? std::string() : patch.substr(at + 1);
    };
    CHECK(hunks(found.patch) == hunks(git));
  }
}

TEST_CASE("a difference knows new, deleted and binary files") {
  const auto added = gs::git::differ(std::nullopt, "a\n", "dir/x");
  CHECK(added.added == 1);
  CHECK(added.patch.find("new file mode") != std::string::npos);
  CHECK(added.patch.find("+++ b/dir/x") != std::string::npos);
  const auto removed = gs::git::differ("a\n", std::nullopt, "x");
  CHECK(removed.removed == 1);
  CHECK(removed.patch.find("deleted file mode") != std::string::npos);
  const auto binary = gs::git::differ("a\n", std::string("\0b", 2), "x");
  CHECK(binary.binary);
  CHECK(binary.patch.find("Binary files") != std::string::npos);
}

TEST_CASE("what collides stands between markers") {
  const auto clean = gs::git::merge_with_markers("1\n2\n3\n", "0\n2\n3\n", "1\n2\n4\n");
  CHECK(clean.clean);
  CHECK(clean.content == "0\n2\n4\n");
  const auto collides = gs::git::merge_with_markers("1\n", "a\n", "b\n");
  CHECK_FALSE(collides.clean);
  CHECK(collides.content == "<<<<<<< work tree\na\n=======\nb\n>>>>>>> snapshot\n");
  CHECK_FALSE(gs::git::merge_with_markers("1\n", "a\n", std::string("\0", 1)).content);
}
