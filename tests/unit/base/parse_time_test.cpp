#include <doctest/doctest.h>

#include <random>

#include "base/clock.h"

using namespace gs;
using namespace std::chrono_literals;

namespace {

std::string parsed(std::string_view text) {
  const auto time = parse_iso8601(text);
  return time ? format_utc(*time) : "none";
}

long long duration(std::string_view text) {
  const auto parsed_duration = parse_duration(text);
  return parsed_duration ? parsed_duration->count() : -1;
}

}  // namespace

TEST_CASE("ISO 8601 times are understood with and without zone, seconds and fraction") {
  CHECK(parsed("2026-11-22T12:59:15.123Z") == "2026-11-22T12:59:15.123Z");
  CHECK(parsed("2026-11-22T12:59:15.1239999Z") == "2026-11-22T12:59:15.123Z");
  CHECK(parsed("2026-11-22T12:59:15.5Z") == "2026-11-22T12:59:15.500Z");
  CHECK(parsed("2026-11-22T12:59:15") == "2026-11-22T12:59:15.000Z");
  CHECK(parsed("2026-11-22T12:59Z") == "2026-11-22T12:59:00.000Z");
  CHECK(parsed("2026-11-22 12:59") == "2026-11-22T12:59:00.000Z");
  CHECK(parsed("2026-11-22") == "2026-11-22T00:00:00.000Z");
  CHECK(parsed("2026-11-22T01:00:00+02:00") == "2026-11-21T23:00:00.000Z");
  CHECK(parsed("2026-11-22T23:00:00-0130") == "2026-11-23T00:30:00.000Z");
  CHECK(parsed("2024-02-29") == "2024-02-29T00:00:00.000Z");
}

TEST_CASE("values out of range are no times") {
  for (const char* text :
       {"2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "2026-01-32", "2026-01-00",
        "2026-11-22T24:00:00Z", "2026-11-22T12:60:00Z", "2026-11-22T12:59:60Z",
        "2026-11-22T12:59:15+24:00", "2026-11-22T12:59:15+02:60", "2100-02-29"}) {
    CAPTURE(text);
    CHECK(parsed(text) == "none");
  }
}

TEST_CASE("what only begins like a time is none") {
  for (const char* text : {"",
                           "2026",
                           "2026-11",
                           "2026-1-2",
                           "2026-11-22T",
                           "2026-11-22T12",
                           "2026-11-22T12:5",
                           "2026-11-22T12:59:",
                           "2026-11-22T12:59:15.",
                           "2026-11-22T12:59:15.Z",
                           "2026-11-22T12:59:15Zx",
                           "2026-11-22T12:59:15+",
                           "2026-11-22T12:59:15+02",
                           "2026-11-22T12:59:15 Z",
                           "20261122T125915Z",
                           " 2026-11-22",
                           "2026-11-22 ",
                           "+026-11-22",
                           "2026-11-22T-1:00",
                           "yesterday"}) {
    CAPTURE(text);
    CHECK(parsed(text) == "none");
  }
}

TEST_CASE("every formatted time is read back") {
  std::mt19937_64 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const Timestamp time(std::chrono::milliseconds(random() % 253'402'300'800'000ULL));
    REQUIRE(parse_iso8601(format_utc(time)) == time);
  }
}

TEST_CASE("durations are sums of units, the bigger first") {
  CHECK(duration("30m") == 1'800'000);
  CHECK(duration("1h30m") == 5'400'000);
  CHECK(duration("45s") == 45'000);
  CHECK(duration("250ms") == 250);
  CHECK(duration("2d") == 172'800'000);
  CHECK(duration("1d2h3m4s5ms") == 93'784'005);
  CHECK(duration("90") == 90'000);
  CHECK(duration("0") == 0);
}

TEST_CASE("malformed durations are none") {
  for (const char* text : {"", "m", "-5s", "+5s", "5 s", "1.5h", "5x", "1h30", "30m1h", "1h1h",
                           "5S", "1000000000s", "99999999999999999999", "5m ", "ms", "5smm"}) {
    CAPTURE(text);
    CHECK(duration(text) == -1);
  }
}
