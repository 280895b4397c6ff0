#include "base/text.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace gs;

namespace {

// By the definition: the code point's bits spread over the bytes of its length.
std::string encode(std::uint32_t code_point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (code_point < 0x80) {
    return {byte(code_point)};
  }
  if (code_point < 0x800) {
    return {byte(0xC0U | code_point >> 6U), byte(0x80U | (code_point & 0x3FU))};
  }
  if (code_point < 0x10000) {
    return {byte(0xE0U | code_point >> 12U), byte(0x80U | (code_point >> 6U & 0x3FU)),
            byte(0x80U | (code_point & 0x3FU))};
  }
  return {byte(0xF0U | code_point >> 18U), byte(0x80U | (code_point >> 12U & 0x3FU)),
          byte(0x80U | (code_point >> 6U & 0x3FU)), byte(0x80U | (code_point & 0x3FU))};
}

}  // namespace

TEST_CASE("every code point is UTF-8, and no surrogate and nothing above is") {
  bool all_right = true;
  for (std::uint32_t c = 0; c < 0x120000; ++c) {
    const bool valid = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    const std::string bytes = encode(c);
    all_right = all_right && is_utf8(bytes) == valid &&
                utf8_length(bytes + "x") == (valid ? bytes.size() : 0);
  }
  CHECK(all_right);
}

TEST_CASE("overlong, cut and stray bytes are not UTF-8") {
  for (const char* bytes : {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\x80",
                            "\xFF", "a\xE2\x82", "\xC3(", "\xF0\x9F\x98"}) {
    CHECK_FALSE(is_utf8(bytes));
  }
  CHECK(is_utf8(""));
  CHECK(is_utf8(std::string_view("\0", 1)));
}

TEST_CASE("ellipsize counts characters and never cuts inside one") {
  CHECK(ellipsize("abc", 3) == "abc");
  CHECK(ellipsize("abcd", 3) == "ab…");
  CHECK(ellipsize("äöüß", 4) == "äöüß");
  CHECK(ellipsize("äöüßx", 4) == "äöü…");
  CHECK(ellipsize("ab", 1) == "…");
  CHECK(ellipsize("ab", 0) == "");
  CHECK(ellipsize("", 1) == "");
  CHECK(ellipsize("\xFF\xFE\xFD", 2) == "\xFF…");
}
