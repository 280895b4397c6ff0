#include "base/screen.h"

#include <doctest/doctest.h>

#include <random>

#include "base/text.h"

using namespace gs;

namespace {

// Written without the tables of the function that is tested.
bool is_forbidden(char32_t c) {
  return (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
         c == 0x61C || (c >= 0x200B && c <= 0x200F && c != 0x200D) ||
         (c >= 0x202A && c <= 0x202E) || c == 0x2060 || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

TEST_CASE("what a screen would not show is escaped, and nothing is dropped") {
  CHECK(escape_hidden("\x1B]0;title\a") == "\\x1b]0;title\\x07");
  CHECK(escape_hidden("\x1B[31mred\x1B[m") == "\\x1b[31mred\\x1b[m");
  CHECK(escape_hidden("a\b\x7Fz") == "a\\x08\\x7fz");
  CHECK(escape_hidden("\xC2\x9B"
                      "31m") == "<U+009B>31m");
  CHECK(escape_hidden("a\x9B"
                      "b\xFF") == "a\\x9bb\\xff");
  CHECK(escape_hidden("ab\u202Edc\u2066\u061C") == "ab<U+202E>dc<U+2066><U+061C>");
  CHECK(escape_hidden("a\u200Bb\u00ADc\uFEFF\u2060") == "a<U+200B>b<U+00AD>c<U+FEFF><U+2060>");
  CHECK(escape_hidden("x\U000E0041\U000E007F") == "x<U+E0041><U+E007F>");
  CHECK(escape_hidden(std::string_view("a\0b", 3)) == "a\\x00b");
}

TEST_CASE("lines end as they end anywhere, and a lone carriage return does not overwrite one") {
  CHECK(escape_hidden("a\r\nb\n\tc") == "a\nb\n\tc");
  CHECK(escape_hidden("good\rbad") == "good\\x0dbad");
  CHECK(escape_hidden("a\r\r\nb\r") == "a\\x0d\nb\\x0d");
}

TEST_CASE("text in any script and emoji stay as they are") {
  for (const std::string_view text :
       {"plain \\x1b text", "Zürich", "漢字かな交じり文", "שלום", "مرحبا", "e\u0301", "❤\uFE0F",
        "👍🏽", "👩\u200D💻", "🏳\uFE0F\u200D🌈", "👨🏿\u200D🤝\u200D👨🏻",
        "👩\u200D❤\uFE0F\u200D👨", "🙂\u200D↔\uFE0F"}) {
    CAPTURE(text);
    CHECK(escape_hidden(text) == text);
  }
  CHECK(escape_hidden("pass\u200Dword") == "pass<U+200D>word");
  CHECK(escape_hidden("👩\u200D") == "👩<U+200D>");
  CHECK(escape_hidden("👩\u200D\u200D💻") == "👩<U+200D><U+200D>💻");
}

TEST_CASE("nothing forbidden is left of random bytes, and escaping again changes nothing") {
  std::mt19937 random(11);
  const std::string_view pieces[] = {
      "\x1B",   "[",    "31m",      "\a",       "\r",     "\n",       "\xC2",
      "\x9B",   "\x9D", "\u009B",   "\u202E",   "\u200D", "\u200B",   "👩",
      "\uFE0F", "💻",    "\xF3\xA0", "\x81\x81", "a",      "\xE2\x80", "\xAE"};
  for (int i = 0; i < 30'000; ++i) {
    std::string bytes;
    for (std::size_t n = random() % 12; n > 0; --n) {
      if (random() % 4 == 0) {
        bytes += static_cast<char>(random() % 256);
      } else {
        bytes += pieces[random() % std::size(pieces)];
      }
    }
    const std::string shown = escape_hidden(bytes);
    REQUIRE(is_utf8(shown));
    for (ScreenReader reader(shown); reader.next();) REQUIRE(!is_forbidden(reader.code()));
    REQUIRE(escape_hidden(shown) == shown);
  }
}

TEST_CASE("of a command's output only attributes are taken out") {
  CHECK(strip_attributes("\x1B[1;31mred\x1B[0m\x1B[m") == "red");
  for (const std::string_view text :
       {"\x1B[2J", "\x1B[?25l", "\x1B[31", "\x1B[3\nm", "\x1B]0;m", "\x1B", ""})
    CHECK(strip_attributes(text) == text);
}
