#include "git/version.h"

#include <doctest/doctest.h>

using namespace gs::git;

TEST_CASE("git's version is read from what it prints") {
  CHECK(parse_version("git version 2.39.5\n") == Version{2, 39});
  CHECK(parse_version("git version 2.39.5 (Apple Git-154)") == Version{2, 39});
  CHECK(parse_version("git version 2.55.0.windows.1") == Version{2, 55});
  CHECK(parse_version("git version 3") == Version{3, 0});
  CHECK_FALSE(parse_version("git version next"));
  CHECK_FALSE(parse_version("jgit 7"));
  CHECK_FALSE(parse_version(""));
  CHECK(Version{2, 9} < Version{2, 31});
  CHECK(Version{2, 99} < Version{3, 0});
}

TEST_CASE("the versions of this machine are known") {
  CHECK(*parse_version(program_version()) >= kOldestGit);
  CHECK(libgit2_version().find('.') != std::string::npos);
}
