#include "base/clock.h"

#include <doctest/doctest.h>

#include <cstdlib>

#include "base/forked.h"

using namespace gs;
using namespace std::chrono_literals;

namespace {

Timestamp at(long long ms) {
  return Timestamp(std::chrono::milliseconds(ms));
}

}  // namespace

TEST_CASE("UTC times have milliseconds and a Z") {
  CHECK(format_utc(at(0)) == "1970-01-01T00:00:00.000Z");
  CHECK(format_utc(at(1795352355123)) == "2026-11-22T12:59:15.123Z");
  CHECK(format_utc(at(-1)) == "1969-12-31T23:59:59.999Z");
  CHECK(format_utc_day(at(951782400000)) == "2000-02-29");
}

TEST_CASE("local days and times follow TZ, also when it changes") {
  CHECK(test::run_forked([] {
    setenv("TZ", "XYZ-14", 1);
    const bool east = format_local_day(at(1795352355123)) == "2026-11-23" &&
                      format_local_hhmm(at(1795352355123)) == "0259";
    setenv("TZ", "UTC0", 1);
    return east && format_local_day(at(1795352355123)) == "2026-11-22" &&
           format_local_hhmm(at(1795352355123)) == "1259";
  }));
}

TEST_CASE("the system clock stands still where git's test seam says so") {
  CHECK(test::run_forked([] {
    setenv("GIT_TEST_DATE_NOW", "1795352355", 1);
    return SystemClock().now() == at(1795352355000);
  }));
  CHECK(test::run_forked([] {
    unsetenv("GIT_TEST_DATE_NOW");
    const auto now = std::chrono::system_clock::now();
    return SystemClock().now() > now - 1s && SystemClock().now() < now + 60s;
  }));
}

TEST_CASE("durations read as people say them") {
  CHECK(format_duration(0ms) == "0.0 s");
  CHECK(format_duration(449ms) == "0.4 s");
  CHECK(format_duration(12'300ms) == "12.3 s");
  CHECK(format_duration(59'949ms) == "59.9 s");
  CHECK(format_duration(59'950ms) == "1 min 00 s");
  CHECK(format_duration(245s) == "4 min 05 s");
  CHECK(format_duration(3'599'499ms) == "59 min 59 s");
  CHECK(format_duration(3'599'500ms) == "1 h 00 min");
  CHECK(format_duration(133min) == "2 h 13 min");
  CHECK(format_duration(-5s) == "0.0 s");
}

TEST_CASE("ages read as people say them") {
  CHECK(format_age(-5min) == "just now");
  CHECK(format_age(59s) == "just now");
  CHECK(format_age(60s) == "1 minute ago");
  CHECK(format_age(5min) == "5 minutes ago");
  CHECK(format_age(23h) == "23 hours ago");
  CHECK(format_age(72h) == "3 days ago");
  CHECK(format_age(24h * 20) == "2 weeks ago");
  CHECK(format_age(24h * 90) == "3 months ago");
  CHECK(format_age(24h * 800) == "2 years ago");
}
