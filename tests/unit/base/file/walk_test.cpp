#include "base/file/walk.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>

#include "base/file/file.h"
#include "base/file/tree_files.h"

namespace gs {
namespace {

void touch(const TemporaryDirectory& top, const std::string& path) {
  const std::string file = join_path(top.path(), path);
  make_directories(file.substr(0, file.rfind('/')));
  write_file_atomically(file, "x");
}

std::vector<std::string> sorted(std::vector<std::string> paths) {
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST_CASE("a walk names files below a directory, and leaves out what its rule says") {
  const TemporaryDirectory top;
  for (const char* path : {"a.md", "b/c.md", "b/.hidden/d.md", "node_modules/e.md", ".f.md"})
    touch(top, path);
  const Walk walk = TreeFiles(top.path()).walk(RepoPath(), [](std::string_view name) {
    return !name.starts_with('.') && name != "node_modules";
  });
  CHECK(sorted(walk.files) == std::vector<std::string>{"a.md", "b/c.md"});
  CHECK(walk.links.empty());
  CHECK(walk.problems.empty());
}

TEST_CASE("a walk follows no symbolic link, so a loop ends") {
  const TemporaryDirectory top;
  touch(top, "b/c.md");
  REQUIRE(symlink("..", join_path(top.path(), "b/up").c_str()) == 0);
  REQUIRE(symlink("c.md", join_path(top.path(), "b/alias.md").c_str()) == 0);
  const Walk walk = TreeFiles(top.path()).walk(RepoPath(), [](std::string_view) { return true; });
  CHECK(walk.files == std::vector<std::string>{"b/c.md"});
  CHECK(sorted(walk.links) == std::vector<std::string>{"b/alias.md", "b/up"});
}

TEST_CASE("a walk reports what is too deep, and a directory that is not there") {
  const TemporaryDirectory top;
  std::string deep;
  for (int i = 0; i < 102; ++i) deep += "d/";
  touch(top, deep + "a.md");
  const Walk walk = TreeFiles(top.path()).walk(RepoPath(), [](std::string_view) { return true; });
  CHECK(walk.files.empty());
  REQUIRE(walk.problems.size() == 1);
  CHECK(walk.problems[0].find("more than 100 directories deep") != std::string::npos);

  const Walk missing =
      TreeFiles(top.path()).walk(RepoPath("none"), [](std::string_view) { return true; });
  REQUIRE(missing.problems.size() == 1);
  CHECK(missing.problems[0].starts_with("cannot list .: "));
}

}  // namespace
}  // namespace gs
