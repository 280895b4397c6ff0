#include "checks/secrets/content.h"

#include <doctest/doctest.h>

#include <string>

namespace gs::checks {
namespace {

std::string utf16(std::string_view text, bool big) {
  std::string bytes;
  for (const char c : text) bytes += big ? std::string{'\0', c} : std::string{c, '\0'};
  return bytes;
}

TEST_CASE("UTF-16 is text, with a mark and without") {
  const std::string text = "first line\nsecond\n";
  CHECK(decode_text("\xFF\xFE" + utf16(text, false)) == text);
  CHECK(decode_text("\xFE\xFF" + utf16(text, true)) == text);
  CHECK(decode_text(utf16(text, false)) == text);
  CHECK(decode_text(utf16(text, true)) == text);
  CHECK(decode_text(text) == text);
}

TEST_CASE("UTF-16 is decoded beyond Latin letters") {
  const std::string bytes("\xFF\xFE\xE9\x00\xAC\x20\x3D\xD8\x00\xDE\x41", 11);  // a torn last unit
  CHECK(decode_text(bytes) == "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
}

TEST_CASE("only what is added counts, across encodings") {
  const auto added = added_content("one\n", "\xFF\xFE" + utf16("one\ntwo\n", false));
  REQUIRE(added.lines.size() == 1);
  CHECK(added.lines[0].text == "two");
  CHECK(added.lines[0].number == 2);
  CHECK(added.strings.empty());
}

TEST_CASE("of binary content the printable runs are kept, in either width") {
  const std::string nothing(20, '\x01');
  const std::string zero(1, '\0');
  const std::string narrow = "a run that is printable";
  const std::string wide = utf16("another run, in UTF-16", false);
  const auto added =
      added_content("", nothing + zero + narrow + nothing + wide + nothing + "short");
  CHECK(added.lines.empty());
  REQUIRE(added.strings.size() == 2);
  CHECK(added.strings[0] == narrow);
  CHECK(added.strings[1] == "another run, in UTF-16");
  CHECK(added_content(zero + narrow, nothing + zero + narrow).strings.empty());
}

}  // namespace
}  // namespace gs::checks
