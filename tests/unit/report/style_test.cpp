#include "report/style.h"

#include <doctest/doctest.h>

#include <string>

namespace gs::report {
namespace {

TEST_CASE("a tone is painted only where colour is on") {
  CHECK(paint("text", Tone::Good, Colour::Off) == "text");
  CHECK(to_screen(paint("text", Tone::Good, Colour::On)) == "\x1B[32mtext\x1B[m");
  CHECK(paint("text", Tone::Plain, Colour::On) == "text");
  CHECK(paint("", Tone::Bad, Colour::On).empty());
}

TEST_CASE("each tone but the plain one has its own sequence") {
  std::string seen;
  for (const Tone tone : {Tone::Good, Tone::Warn, Tone::Bad, Tone::Dim, Tone::Bold, Tone::Accent}) {
    const std::string painted = to_screen(paint("x", tone, Colour::On));
    CHECK(seen.find(painted) == std::string::npos);
    seen += painted;
  }
}

TEST_CASE("width counts columns, not bytes") {
  CHECK(display_width("") == 0);
  CHECK(display_width("abc") == 3);
  CHECK(display_width("größer") == 6);
  CHECK(display_width("✓ ○ … →") == 7);
  CHECK(display_width("日本語") == 6);
  CHECK(display_width("한글") == 4);
  CHECK(display_width("🚀") == 2);
  CHECK(display_width("e\u0301") == 1);
  CHECK(display_width("👩\u200D💻") == 4);
}

TEST_CASE("a tone takes no column, and what is escaped those of its escape") {
  CHECK(display_width(paint("abc", Tone::Bad, Colour::On)) == 3);
  CHECK(display_width("\x1B[2Ja\u200Bb") == 7 + 10);
  CHECK(fit("\x1B[2J\x1B[2J", 9) == "\\x1b[2J\\…");
}

TEST_CASE("bytes that are no UTF-8 take the column of what is shown for them") {
  CHECK(display_width("a\xFF"
                      "b") == 6);
}

TEST_CASE("of what is written, only the program's own tones are sequences") {
  const std::string hostile = "\x1B[32mok\x1B[m \x1B]0;t\a \u009B31m \u202E";
  const std::string shown = to_screen(paint(hostile, Tone::Bad, Colour::On) + hostile + "\n");
  const std::string escaped = "\\x1b[32mok\\x1b[m \\x1b]0;t\\x07 <U+009B>31m <U+202E>";
  CHECK(shown == "\x1B[31m" + escaped + "\x1B[m" + escaped + "\n");
}

TEST_CASE("padding fills up to the width and never cuts") {
  CHECK(pad("ab", 4) == "ab  ");
  CHECK(pad("日本", 5) == "日本 ");
  CHECK(pad("abcde", 4) == "abcde");
  CHECK(pad("", 0).empty());
}

TEST_CASE("wrapping breaks at white space within the width") {
  CHECK(wrap("one two three", 7, "") == "one two\nthree");
  CHECK(wrap("one two three", 9, "  ") == "  one two\n  three");
  CHECK(wrap("one   two\n\tthree", 80, "") == "one two three");
  CHECK(wrap("", 10, "  ") == "  ");
  CHECK(wrap("   ", 10, "") == "");
}

TEST_CASE("the rest of a line hangs below where it began") {
  CHECK(hang("one two three", 9, 2) == "one two\n  three");
  CHECK(hang("one  two", 80, 4) == "one  two");
  CHECK(hang("  indented", 80, 0) == "  indented");
  CHECK(hang("incomprehensible b", 6, 2) == "incomprehensible\n  b");
  CHECK(hang("日本 日本", 8, 0) == "日本\n日本");
  CHECK(hang("", 10, 4).empty());
  CHECK(hang("one two three four five", kUnlimited, 4) == "one two three four five");
}

TEST_CASE("a word that is longer than the line stands alone") {
  CHECK(wrap("a incomprehensible b", 6, "") == "a\nincomprehensible\nb");
  CHECK(wrap("word", 0, "") == "word");
}

TEST_CASE("cutting to a width keeps whole characters") {
  CHECK(fit("abc", 3) == "abc");
  CHECK(fit("abcd", 3) == "ab…");
  CHECK(fit("日本語", 4) == "日…");
  CHECK(fit("abc", 1) == "…");
  CHECK(fit("abc", 0).empty());
}

TEST_CASE("a path loses its middle before its end") {
  CHECK(fit_path("src/a.cpp", 20) == "src/a.cpp");
  CHECK(fit_path("a/long/directory/file.cpp", 16) == "a/long…/file.cpp");
  CHECK(fit_path("a/long/directory/file.cpp", 15) == "a/lon…/file.cpp");
  CHECK(fit_path("a-name-without-a-directory", 10) == "a-name-wi…");
  CHECK(fit_path("a/very-long-name-at-the-end.cpp", 10) == "a/very-lo…");
}

}  // namespace
}  // namespace gs::report
