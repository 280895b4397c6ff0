#include "base/scanner.h"

#include <doctest/doctest.h>

using gs::Scanner;

TEST_CASE("a scanner takes what is there and leaves the rest") {
  Scanner scanner("2026-11x yz");
  CHECK(scanner.number(4, 1970, 2099) == 2026);
  CHECK_FALSE(scanner.take(':'));
  CHECK(scanner.take('-'));
  CHECK_FALSE(scanner.number(2, 1, 10).has_value());
  CHECK(scanner.number(2, 1, 12) == 11);
  CHECK(scanner.take_any("xyz"));
  CHECK(scanner.rest() == " yz");
  CHECK(scanner.take(' '));
  CHECK(scanner.take_while(gs::is_lower, 1) == "y");
  CHECK(scanner.take_while(gs::is_digit).empty());
  CHECK(scanner.take_while(gs::is_lower) == "z");
  CHECK(scanner.at_end());
  CHECK_FALSE(scanner.take('z'));
  CHECK_FALSE(scanner.take_any("z"));
}

TEST_CASE("a number that is too short is none") {
  Scanner scanner("12");
  CHECK_FALSE(scanner.number(3, 0, 999).has_value());
  CHECK(scanner.rest() == "12");
}
