#include "git/expiry.h"

#include <doctest/doctest.h>

#include "base/clock.h"
#include "support/temp_repo.h"

using gs::Timestamp;
using gs::git::GitCommand;
using gs::git::is_expiry_value;
using gs::git::parse_expiry;
using gs::test::TempRepo;

namespace {

const Timestamp kNow = *gs::parse_iso8601("2026-11-22T12:00:00Z");

std::string before(const std::string& value) {
  TempRepo repo;
  const auto expiry = parse_expiry(GitCommand(repo.path()), value, kNow);
  REQUIRE(expiry);
  REQUIRE_FALSE(expiry->never);
  return gs::format_utc(expiry->before);
}

}  // namespace

TEST_CASE("what git would only half understand is not an expiry value") {
  for (const char* value : {"",
                            " ",
                            "14",
                            "0",
                            "-1",
                            "14.dayz",
                            "14.",
                            ".days",
                            "days",
                            "14days",
                            "tomorrowish",
                            "14.days.agoo",
                            "ago",
                            "14.days.ago.ago",
                            "2026",
                            "2026-11",
                            "2026-13-01",
                            "2026-11-32",
                            "2026-11-22T25:00",
                            "2026-11-22T12",
                            "2026-11-22x",
                            "22.11.2026",
                            "100000.days",
                            "14.days 3",
                            "fourteen.days",
                            "all",
                            "1e3.days",
                            "2026-11-22T12:00:00+99:00"}) {
    CAPTURE(value);
    CHECK_FALSE(is_expiry_value(value));
    CHECK_FALSE(parse_expiry(GitCommand("/"), value, kNow));
  }
}

TEST_CASE("relative times count back from now") {
  CHECK(before("14.days") == "2026-11-08T12:00:00.000Z");
  CHECK(before("2.weeks.ago") == "2026-11-08T12:00:00.000Z");
  CHECK(before("3 months ago") == "2026-08-22T12:00:00.000Z");
  CHECK(before("1 day 6 hours ago") == "2026-11-21T06:00:00.000Z");
  CHECK(before("90.seconds") == "2026-11-22T11:58:30.000Z");
  CHECK(before("1.YEAR") == "2025-11-22T12:00:00.000Z");
  CHECK(before("0.days") == "2026-11-22T12:00:00.000Z");
}

TEST_CASE("dates are what git takes them for") {
  CHECK(before("2026-11-01T10:20:30Z") == "2026-11-01T10:20:30.000Z");
  CHECK(before("2026-11-01 10:20:30 +0200") == "2026-11-01T08:20:30.000Z");
  CHECK(before("2026-11-01T10:20:30+02:00") == "2026-11-01T08:20:30.000Z");
  CHECK(before("2026-11-01T10:20") == "2026-11-01T10:20:00.000Z");
  CHECK(before("2026-11-01").starts_with("2026-11-01T"));
}

TEST_CASE("never never expires, now expires everything") {
  TempRepo repo;
  const GitCommand git(repo.path());
  CHECK(parse_expiry(git, "never", kNow)->never);
  CHECK(parse_expiry(git, "Never", kNow)->never);
  const auto now = parse_expiry(git, "now", kNow);
  CHECK_FALSE(now->never);
  CHECK(kNow < now->before);
}
