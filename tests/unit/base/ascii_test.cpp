#include "base/ascii.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace {

// Every byte that is so.
template <typename Predicate>
std::string all(Predicate is_so) {
  std::string characters;
  for (int byte = 0; byte < 256; ++byte) {
    if (is_so(static_cast<char>(byte))) characters += static_cast<char>(byte);
  }
  return characters;
}

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";

}  // namespace

TEST_CASE("characters are told in ASCII alone") {
  const std::string letters = std::string(kUpper) + std::string(kLower);
  CHECK(all(gs::is_digit) == "0123456789");
  CHECK(all(gs::is_lower) == kLower);
  CHECK(all(gs::is_upper) == kUpper);
  CHECK(all(gs::is_alpha) == letters);
  CHECK(all(gs::is_alnum) == "0123456789" + letters);
  CHECK(all(gs::is_word) == "0123456789" + std::string(kUpper) + "_" + std::string(kLower));
  CHECK(all(gs::is_plain) == "-.0123456789" + std::string(kUpper) + "_" + std::string(kLower));
  CHECK(all(gs::is_hex_digit) == "0123456789ABCDEFabcdef");
  CHECK(all(gs::is_space_or_tab) == "\t ");
  CHECK(all(gs::is_space) == "\t\n\v\f\r ");
  CHECK(all(gs::is_high).size() == 128);
}

TEST_CASE("case and digits") {
  for (std::size_t i = 0; i < kUpper.size(); ++i) {
    CHECK(gs::to_lower(kUpper[i]) == kLower[i]);
    CHECK(gs::to_upper(kLower[i]) == kUpper[i]);
  }
  CHECK(gs::to_lower('[') == '[');
  CHECK(gs::to_upper('{') == '{');
  CHECK(gs::hex_value('F') == 15);
  CHECK(gs::hex_value('g') == -1);
  CHECK(gs::hex_value('/') == -1);
  for (unsigned value = 0; value < 16; ++value) {
    CHECK(gs::hex_value(gs::hex_digit(value)) == static_cast<int>(value));
  }
}
