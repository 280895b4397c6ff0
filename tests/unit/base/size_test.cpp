#include "base/size.h"

#include <doctest/doctest.h>

using namespace gs;

TEST_CASE("sizes have at most three digits of a unit, rounded down") {
  CHECK(format_size(0) == "0 bytes");
  CHECK(format_size(1) == "1 byte");
  CHECK(format_size(1023) == "1023 bytes");
  CHECK(format_size(1024) == "1 KiB");
  CHECK(format_size(1535) == "1.4 KiB");
  CHECK(format_size(16384) == "16 KiB");
  CHECK(format_size((1U << 20U) - 1) == "1023 KiB");
  CHECK(format_size(std::uint64_t{5} << 29U) == "2.5 GiB");
  CHECK(format_size(std::uint64_t{3} << 40U) == "3072 GiB");
}
