#include "base/clock.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto time = gs::parse_iso8601(gs::fuzz::text_of(data, size));
  // A zone can push the last day of year 9999 into 10000, which the format has no room for.
  const bool four_digits =
      time && gs::format_utc(*time).size() == 24 && gs::format_utc(*time)[0] != '-';
  if (four_digits) gs::fuzz::require(gs::parse_iso8601(gs::format_utc(*time)) == time);
  return 0;
}
