#include "base/file/resolve_symlinks.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/file/file.h"

using namespace gs;

TEST_CASE("a path without links leads to itself, there or not") {
  CHECK(follow_path("/no-such/a//./b/") == "/no-such/a/b");
  CHECK(follow_path("/no-such/../x") == "/x");
  CHECK(follow_path("/../..") == "/");
}

TEST_CASE("links are followed, the last one and one to nothing too") {
  const TemporaryDirectory directory;
  const std::string top = real_path(directory.path());
  make_directories(top + "/real/deep");
  REQUIRE(symlink("real", (top + "/relative").c_str()) == 0);
  REQUIRE(symlink((top + "/real/deep").c_str(), (top + "/absolute").c_str()) == 0);
  REQUIRE(symlink("../missing", (top + "/real/dangling").c_str()) == 0);
  CHECK(follow_path(top + "/relative/x") == top + "/real/x");
  CHECK(follow_path(top + "/absolute/x") == top + "/real/deep/x");
  CHECK(follow_path(top + "/relative/dangling") == top + "/missing");
  // As the kernel does it: up from where the link leads to.
  CHECK(follow_path(top + "/absolute/../x") == top + "/real/x");
}

TEST_CASE("links that never end lead nowhere") {
  const TemporaryDirectory directory;
  REQUIRE(symlink("loop", (directory.path() + "/loop").c_str()) == 0);
  CHECK_FALSE(follow_path(directory.path() + "/loop/x"));
}

TEST_CASE("a path is tidied without looking") {
  CHECK(tidy_path("/a/./b//../c/") == "/a/c");
  CHECK(tidy_path("/../a") == "/a");
  CHECK(tidy_path("") == "/");
}
