#include "formats/toml.h"

#include <doctest/doctest.h>

#include "formats/errors.h"

using namespace gs::formats;
using gs::test::contains;
using gs::test::error_of;

namespace {
std::string toml_error(const std::string& text) {
  return error_of([&] { (void)parse_toml(text, "p.toml"); });
}
}  // namespace

TEST_CASE("tables, arrays of tables and scalars become one object in the order of the file") {
  const Toml toml = parse_toml(
      "title = \"T\"\nz = 1\na = [1, 2.5, true]\n[[item]]\nzz = \"x\"\nfiles = ['a/**']\n"
      "[[item]]\ntitle = 'two'\n[vault-sync]\nmode = 'strict'\n",
      "p.toml");
  CHECK(
      to_json_line(toml.value) ==
      R"({"title":"T","z":1,"a":[1,2.5,true],"item":[{"zz":"x","files":["a/**"]},{"title":"two"}],)"
      R"("vault-sync":{"mode":"strict"}})");
}

TEST_CASE("every node knows its line") {
  const Toml toml = parse_toml(
      "title = \"T\"\n\n[[item]]\ntitle = \"one\"\n[[item]]\ntitle = \"two\"\n\"a/b~c\" = 1\n"
      "list = [\n  1,\n  2,\n]\n",
      "p.toml");
  CHECK(toml.line_of("/title") == 1);
  CHECK(toml.line_of("/item/0/title") == 4);
  CHECK(toml.line_of("/item/1") == 5);
  CHECK(toml.line_of("/item/1/title") == 6);
  CHECK(toml.line_of("/item/1/a~1b~0c") == 7);
  CHECK(toml.line_of("/item/1/list/1") == 10);
  CHECK(toml.line_of("/nothing") == 0);
}

TEST_CASE("dates and times are ISO 8601 strings") {
  const Toml toml = parse_toml(
      "a = 2026-11-22T12:59:15Z\nb = 2026-11-22\nc = 12:59:15\nd = 2026-11-22T12:59:15.5+02:00\n",
      "p.toml");
  CHECK(toml.value["a"] == "2026-11-22T12:59:15Z");
  CHECK(toml.value["b"] == "2026-11-22");
  CHECK(toml.value["c"] == "12:59:15");
  CHECK(toml.value["d"] == "2026-11-22T12:59:15.5+02:00");
}

TEST_CASE("malformed TOML names file and line") {
  CHECK(toml_error("a = 1\nb =\n").starts_with("p.toml:2: invalid TOML: "));
  CHECK(toml_error("a = 1\na = 2\n").starts_with("p.toml:2: "));
  CHECK(toml_error("a = 1\n\n[a.b]\n").starts_with("p.toml:3: "));
  CHECK(toml_error("a = \"open\n").starts_with("p.toml:"));
}

TEST_CASE("depth cannot overflow the stack") {
  std::string dotted = "a";
  for (int i = 0; i < 400'000; ++i) dotted += ".a";
  CHECK(contains(toml_error("x = 1\n" + dotted + " = 1\n"), "p.toml:2: "));
  CHECK(contains(toml_error("[" + dotted + "]\n"), "50 parts"));
  CHECK(contains(toml_error("x = {b = \"\"\"q\"\"\"\", " + dotted + " = 1}\n"), "50 parts"));
  CHECK(contains(toml_error("x = " + std::string(100'000, '[')), "nested deeper"));
  CHECK(contains(toml_error(std::string((1U << 20U) + 1, '\n')), "1 MiB"));
}

TEST_CASE("dots and brackets in strings and comments do not count") {
  const std::string dots(200, '.');
  const std::string brackets(200, '[');
  CHECK(toml_error("a = \"" + dots + brackets + "\\\"" + brackets + "\" # " + dots + brackets +
                   "\nb = '''" + brackets + "\n" + dots + "'''\nc = '" + brackets + "'\n")
            .empty());
}
