#include "session/path_pattern.h"

#include <doctest/doctest.h>

using namespace gs::session;
using PlainPatterns = std::vector<std::string>;

TEST_CASE("what a person writes stands for plain patterns") {
  CHECK(plain_patterns("src/**") == PlainPatterns{"src/**"});
  CHECK(plain_patterns("./src/") == PlainPatterns{"src/"});
  CHECK(plain_patterns("src//deep/./a.c ") == PlainPatterns{"src/deep/a.c"});
  CHECK(plain_patterns(".") == PlainPatterns{"**"});
  CHECK(plain_patterns("./") == PlainPatterns{"**"});
  CHECK(plain_patterns("a b") == PlainPatterns{"a b"});
  CHECK(plain_patterns("{id}/x") == PlainPatterns{"{id}/x"});
  CHECK(plain_patterns("lib/*.{ts,tsx}") ==
        PlainPatterns{"lib/*.ts", "lib/*.tsx", "lib/*.{ts,tsx}"});
  CHECK(plain_patterns("{a,b/{c,d}}/{x}") ==
        PlainPatterns{"a/{x}", "b/c/{x}", "b/d/{x}", "{a,b/{c,d}}/{x}"});
  CHECK(plain_patterns("{a,b") == PlainPatterns{"{a,b"});
  CHECK(plain_patterns("{a,{b,c}") == PlainPatterns{"{a,b", "{a,c", "{a,{b,c}"});
  CHECK(plain_patterns("a}{b,}") == PlainPatterns{"a}b", "a}", "a}{b,}"});
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
  CHECK(bad_pattern("/src/")->hint == "write 'src/'");
  CHECK(bad_pattern("/home/me/repo/src/a.c", "/home/me/repo")->hint == "write 'src/a.c'");
  CHECK(bad_pattern("/src/a.c", "/home/me/repo")->hint == "write 'src/a.c'");
  CHECK(bad_pattern("/home/me/repository/a.c", "/home/me/repo")->hint.starts_with("patterns are"));
  CHECK(bad_pattern("src\\a.c")->hint == "write 'src/a.c'");
  CHECK(bad_pattern("src/../a")->hint.starts_with("patterns are matched"));
}

TEST_CASE("braces without end are refused, and cost nothing") {
  const auto repeated = [](std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  CHECK_FALSE(bad_pattern(repeated("{a,b}", 6)));
  CHECK(plain_patterns(repeated("{a,b}", 6)).size() == 65);
  CHECK(bad_pattern(repeated("{a,b}", 7))->why == "stands for more than 64 patterns");
  CHECK(bad_pattern(repeated("{a,b}", 800))->why == "stands for more than 64 patterns");
  CHECK_FALSE(bad_pattern(repeated("{", 4096)));
  for (const std::string_view text : {"{", "{a,b}", "{,"}) {
    const std::string flood = repeated(text, 300'000);
    CHECK(plain_patterns(flood) == PlainPatterns{flood});
    CHECK(bad_pattern(flood)->why == "is longer than a path can be (4096 bytes)");
  }
}
