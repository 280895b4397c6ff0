#include "formats/code_fence.h"

#include <doctest/doctest.h>

using gs::formats::CodeFence;

TEST_CASE("a fence is closed by at least as many of its own marks and nothing else") {
  CodeFence fence;
  CHECK(fence.take("````md"));
  CHECK_FALSE(fence.take("```"));
  CHECK_FALSE(fence.take("~~~~"));
  CHECK_FALSE(fence.take("```` x"));
  CHECK(fence.inside());
  CHECK(fence.take("  `````  "));
  CHECK_FALSE(fence.inside());
}

TEST_CASE("two marks, four spaces and code within a line open nothing") {
  CodeFence fence;
  for (const char* line : {"``", "    ```", "```a`b", "text ```", "", "\t```"}) {
    CAPTURE(line);
    CHECK_FALSE(fence.take(line));
  }
  CHECK(fence.take("~~~ a`b"));
}
