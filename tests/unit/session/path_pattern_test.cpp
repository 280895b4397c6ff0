#include "session/path_pattern.h"

#include <doctest/doctest.h>

using namespace gs::session;
using Patterns = std::vector<std::string>;

TEST_CASE("what a person writes stands for plain patterns") {
  CHECK(plain_patterns("src/**") == Patterns{"src/**"});
  CHECK(plain_patterns("./src/") == Patterns{"src/"});
  CHECK(plain_patterns("src//deep/./a.c ") == Patterns{"src/deep/a.c"});
  CHECK(plain_patterns(".") == Patterns{"**"});
  CHECK(plain_patterns("./") == Patterns{"**"});
  CHECK(plain_patterns("a b") == Patterns{"a b"});
  CHECK(plain_patterns("{id}/x") == Patterns{"{id}/x"});
  CHECK(plain_patterns("lib/*.{ts,tsx}") == Patterns{"lib/*.ts", "lib/*.tsx", "lib/*.{ts,tsx}"});
  CHECK(plain_patterns("{a,b/{c,d}}/{x}") ==
        Patterns{"a/{x}", "b/c/{x}", "b/d/{x}", "{a,b/{c,d}}/{x}"});
  CHECK(plain_patterns("{a,b") == Patterns{"{a,b"});
  std::string many;
  for (int i = 0; i < 20; ++i) many += "{a,b}";
  CHECK(plain_patterns(many).size() <= 1001);
}

TEST_CASE("a directory may be named with or without its slash") {
  for (const char* written : {"src", "src/", "./src", "./src/"}) {
    CAPTURE(written);
    const PathPattern pattern{written};
    CHECK(pattern.pattern() == written);
    CHECK(pattern.matches("src/deep/a.c"));
    CHECK_FALSE(pattern.matches("srcs/a.c"));
    CHECK_FALSE(pattern.matches("lib/src/a.c"));
  }
  CHECK(PathPattern("src").matches("src"));
  CHECK(PathPattern("*.{h,cpp}").matches("a.cpp"));
  CHECK_FALSE(PathPattern("*.{h,cpp}").matches("a.c"));
  CHECK(PathPattern(".").matches("any/where"));
  CHECK(matches_any(std::vector<PathPattern>{PathPattern("a"), PathPattern("b")}, "b/c"));
}

TEST_CASE("what can match nothing is refused with its right form") {
  CHECK_FALSE(bad_pattern("src/**"));
  CHECK_FALSE(bad_pattern("a..b"));
  CHECK(bad_pattern(" ")->why == "is empty");
  CHECK(bad_pattern("/src/")->right_form == "src/");
  CHECK(bad_pattern("src\\a.c")->right_form == "src/a.c");
  CHECK(bad_pattern("src/../a")->right_form.empty());
}
