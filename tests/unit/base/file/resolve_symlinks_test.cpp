#include <doctest/doctest.h>
#include <unistd.h>

#include "base/file/file.h"

using namespace gs;

TEST_CASE("a path without links leads to itself, there or not") {
  CHECK(resolve_symlinks("/no-such/a//./b/") == "/no-such/a/b");
  CHECK(resolve_symlinks("/no-such/../x") == "/x");
  CHECK(resolve_symlinks("/../..") == "/");
}

TEST_CASE("links are followed, the last one and one to nothing too") {
  const TemporaryDirectory directory;
  const std::string top = real_path(directory.path());
  make_directories(top + "/real/deep");
  REQUIRE(symlink("real", (top + "/relative").c_str()) == 0);
  REQUIRE(symlink((top + "/real/deep").c_str(), (top + "/absolute").c_str()) == 0);
  REQUIRE(symlink("../missing", (top + "/real/dangling").c_str()) == 0);
  CHECK(resolve_symlinks(top + "/relative/x") == top + "/real/x");
  CHECK(resolve_symlinks(top + "/absolute/x") == top + "/real/deep/x");
  CHECK(resolve_symlinks(top + "/relative/dangling") == top + "/missing");
  // As the kernel does it: up from where the link leads to.
  CHECK(resolve_symlinks(top + "/absolute/../x") == top + "/real/x");
}

TEST_CASE("links that never end lead nowhere") {
  const TemporaryDirectory directory;
  REQUIRE(symlink("loop", (directory.path() + "/loop").c_str()) == 0);
  CHECK_FALSE(resolve_symlinks(directory.path() + "/loop/x"));
}

TEST_CASE("a path is tidied without looking") {
  CHECK(normalize_path("/a/./b//../c/") == "/a/c");
  CHECK(normalize_path("/../a") == "/a");
  CHECK(normalize_path("") == "/");
}
