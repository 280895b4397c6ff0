#include "base/clock.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto time = gs::parse_iso8601(gs::fuzz::text_of(data, size));
  if (time) gs::fuzz::require(gs::parse_iso8601(gs::format_utc(*time)) == time);
  return 0;
}
