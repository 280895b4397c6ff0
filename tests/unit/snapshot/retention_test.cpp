#include "snapshot/retention.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace gs;
using namespace gs::snapshot;

namespace {

constexpr std::chrono::days kDay{1};
const Timestamp kNow = *parse_iso8601("2026-03-15T00:00:00Z");

Snapshot aged(const std::string& session, std::chrono::milliseconds age, bool with_subject = true) {
  Snapshot snapshot;
  snapshot.name = {map_component(session), 1, "x"};
  snapshot.ref = ref_name(snapshot.name);
  snapshot.subject = with_subject ? subject(session, 1, "x") : "something else";
  snapshot.session = with_subject ? session : snapshot.name.session;
  snapshot.created_at = kNow - age;
  return snapshot;
}

Verdict judge_one(const Snapshot& snapshot, const git::Expiry& expiry,
                  const std::set<std::string>& protected_sessions = {}) {
  return judge({snapshot}, expiry, protected_sessions, kNow).at(0).verdict;
}

const git::Expiry kFourteenDays{.never = false, .before = kNow - 14 * kDay};

}  // namespace

TEST_CASE("what is older than the expiry is deleted, what is as old is kept") {
  CHECK(judge_one(aged("s", 14 * kDay + std::chrono::seconds(1)), kFourteenDays) ==
        Verdict::Delete);
  CHECK(judge_one(aged("s", 14 * kDay), kFourteenDays) == Verdict::Keep);
  CHECK(judge_one(aged("s", -kDay), kFourteenDays) == Verdict::Keep);
}

TEST_CASE("never keeps everything, now deletes even what was made this second") {
  CHECK(judge_one(aged("s", 9000 * kDay), {.never = true, .before = {}}) == Verdict::Keep);
  const git::Expiry now{.never = false, .before = kNow};
  CHECK(judge_one(aged("s", {}), now) == Verdict::Delete);
  CHECK(judge_one(aged("s", -kDay), now) == Verdict::Delete);
}

TEST_CASE("a protected session keeps its snapshots, however old") {
  const auto old = aged("a/b", 100 * kDay);
  CHECK(judge_one(old, kFourteenDays, {"a/b"}) == Verdict::Protect);
  CHECK(judge_one(old, kFourteenDays, {"other"}) == Verdict::Delete);
  CHECK(judge_one(aged("a/b", kDay), kFourteenDays, {"a/b"}) == Verdict::Protect);
}

TEST_CASE("protection is told by the raw id, by the mapped one only where the raw is unknown") {
  CHECK(judge_one(aged("a-b", 100 * kDay), kFourteenDays, {"a/b"}) == Verdict::Delete);
  CHECK(judge_one(aged("a-b", 100 * kDay, false), kFourteenDays, {"a/b"}) == Verdict::Protect);
}

TEST_CASE("the age is told in days") {
  const auto judged = judge({aged("s", std::chrono::hours(36))}, kFourteenDays, {}, kNow);
  CHECK(judged.at(0).age_days == doctest::Approx(1.5));
}
