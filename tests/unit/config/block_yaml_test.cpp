#include "config/block_yaml.h"

#include <doctest/doctest.h>

#include "formats/yaml.h"

using gs::config::quote_globs;

TEST_CASE("items that start with a star are quoted, everything else stays") {
  CHECK(quote_globs("  exclude:\n    - **/x.md # c\n    - a*b\n") ==
        "  exclude:\n    - '**/x.md' # c\n    - a*b\n");
  CHECK(quote_globs("k: [*.md, \"**/y\", a/*, '*z']\r\n") ==
        "k: ['*.md', \"**/y\", a/*, '*z']\r\n");
  CHECK(quote_globs("k: *.md\r\n") == "k: '*.md'\r\n");
  CHECK(quote_globs("a: \"x: *y\"") == "a: \"x: *y\"");
  CHECK(quote_globs("a: x ** y") == "a: x ** y");
  CHECK(quote_globs("") == "");
}

TEST_CASE("a quote in a glob is part of it") {
  CHECK(gs::formats::parse_yaml(quote_globs("- *it's*\n- b\n"), "f") == gs::Json({"*it's*", "b"}));
}
