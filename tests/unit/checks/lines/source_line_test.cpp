#include <doctest/doctest.h>

#include <string>

#include "checks/lines/source_line.h"

namespace gs::checks {
namespace {

SourceLine read(Language language, std::string_view text) {
  return SourceReader(language).read(1, text);
}

TEST_CASE("the language is told by the extension in any case, or by the name") {
  CHECK(language_of("src/a.TSX") == Language::JavaScript);
  CHECK(language_of("a.b/c.py") == Language::Python);
  CHECK(language_of("dir.py/Makefile") == Language::Hash);
  CHECK(language_of("CMakeLists.txt") == Language::Hash);
  CHECK(language_of("notes.txt") == Language::Prose);
  CHECK(language_of("README") == Language::Prose);
  CHECK(language_of(".js") == Language::Unknown);
  CHECK(language_of("a.") == Language::Unknown);
  CHECK(language_of("a.weird") == Language::Unknown);
  CHECK(language_of("") == Language::Unknown);
}

TEST_CASE("a string is blanked out and a comment stands apart") {
  const SourceLine line = read(Language::CLike, "puts(\"a // b\");  // c \"d\"");
  CHECK(line.code == "puts(\");  ");
  CHECK(line.comment == "// c \"d\"");
}

TEST_CASE("an escaped quote does not end a string") {
  CHECK(read(Language::JavaScript, "f('it\\'s', x)").code == "f(\", x)");
  CHECK(read(Language::CLike, "f(\"\\\\\", x)").code == "f(\", x)");
}

TEST_CASE("a string that is not closed ends with its line") {
  SourceReader reader(Language::JavaScript);
  CHECK(reader.read(1, "f('open").code == "f(\"");
  CHECK(reader.read(2, "g()").code == "g()");
}

TEST_CASE("a lifetime opens no string, a character literal is one") {
  CHECK(read(Language::Rust, "fn f<'a>(x: &'a str)").code == "fn f<'a>(x: &'a str)");
  CHECK(read(Language::Rust, "let q = '\"'; g()").code == "let q = ; g()");
}

TEST_CASE("a block comment is also active in  the line that follows") {
  SourceReader reader(Language::CLike);
  CHECK(reader.read(4, "a /* b").comment == " b");
  const SourceLine next = reader.read(5, "c */ d");
  CHECK(next.comment == "c ");
  CHECK(next.code == "  d");
}

TEST_CASE("the margin of a block comment is one without its start") {
  CHECK(read(Language::CLike, "   * a note").comment == "* a note");
  CHECK(read(Language::CLike, "*pointer = 1;").code == "*pointer = 1;");
}

}  // namespace
}  // namespace gs::checks
