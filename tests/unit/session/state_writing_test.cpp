#include <doctest/doctest.h>

#include <random>

#include "base/text.h"
#include "session/session_fixture.h"
#include "session/state_file.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;
using gs::test::kNow;

namespace {

NewState new_state() {
  return {true,
          "main-2026-03-02-0815",
          "feature",
          "main",
          "0123456789012345678901234567890123456789",
          "Uploads that survive",
          "",
          "",
          {42, 43},
          kNow};
}

// What a reader of "key: value" lines that knows no YAML finds.
std::string simple_value(const std::string& text, const std::string& key) {
  for (const std::string_view line : split_lines(text)) {
    if (line.starts_with(key + ": ")) return std::string(line.substr(key.size() + 2));
  }
  return "";
}

}  // namespace

TEST_CASE("a new STATE.md reads back as what it was made from") {
  gs::test::make_hermetic();
  const std::string text = render_new_state(new_state());
  const StateFile state = parse_state(text, "STATE.md");
  CHECK(state.problems.empty());
  CHECK(state.session == "main-2026-03-02-0815");
  CHECK(state.session_type == "feature");
  CHECK(state.branch == "main");
  CHECK(state.issues == std::vector<long>{42, 43});
  CHECK(state.started_at == kNow);
  CHECK(state.status == Status::Active);
  CHECK(state.current_wave == 0);
  CHECK(state.total_waves == 0);
  CHECK(state.session_start_ref == new_state().start_ref);
  CHECK(state.title == "Uploads that survive");
  CHECK(state.waves.empty());
  CHECK(state.deviations.empty());
}

TEST_CASE("what a new session does not have is left out") {
  NewState plain = new_state();
  plain.start_ref = "";
  plain.title = "";
  plain.branch = "";
  plain.issues = {};
  const std::string text = render_new_state(plain);
  CHECK_FALSE(contains(text, "session-start-ref"));
  CHECK_FALSE(contains(text, "title"));
  CHECK(contains(text, "\nbranch: HEAD\n"));
  CHECK(contains(text, "\nissues: []\n"));
  CHECK(parse_state(text, "STATE.md").problems.empty());
}

TEST_CASE("titles that YAML would read as something else stay one plain scalar") {
  for (const auto& [title, plain] :
       {std::pair{"Fix: the thing", "Fix - the thing"},
        std::pair{"Close #42 # now", "Close 42 now"},
        std::pair{"- [x] \"quoted\" 'thing'", "x] quoted 'thing"}, std::pair{"'a", "a"},
        std::pair{"two\nlines\tand\ttabs", "two lines and tabs"}, std::pair{"ends: ", "ends"},
        std::pair{"{a: b}", "a - b}"}, std::pair{"C:\\dir", "C:dir"}, std::pair{"größer", "größer"},
        std::pair{"bad\xff", "bad?"}, std::pair{"a\xe2\x80\xa8z", "a<U+2028>z"},
        std::pair{"  ", ""}, std::pair{"don't", "don't"}}) {
    CHECK(plain_scalar(title) == plain);
  }
}

TEST_CASE("any title is one line that YAML and a simple reader read alike") {
  gs::test::make_hermetic();
  std::mt19937 random(7);
  const std::string alphabet = "ab :#'\"\\-?[]{},&*!|>%@`~=\t\n\r\xc3\xa4\x01 ";
  for (int round = 0; round < 3000; ++round) {
    NewState state = new_state();
    state.title = "a";  // keeps it from reading as null, a number or nothing
    for (std::size_t length = random() % 12; length > 0; --length) {
      state.title += alphabet[random() % alphabet.size()];
    }
    if (round % 2 == 0) std::reverse(state.title.begin(), state.title.end());
    CAPTURE(state.title);
    const std::string text = render_new_state(state);
    const std::string plain = plain_scalar(state.title);
    CHECK(plain_scalar(plain) == plain);
    CHECK(simple_value(text, "title") == plain);
    CHECK(parse_state(text, "STATE.md").title == plain);
    const std::string without = render_new_state(new_state());
    CHECK(split_lines(text).size() == split_lines(without).size());
  }
}

TEST_CASE("a session id is branch and minute, counted up where it is taken") {
  gs::test::make_hermetic();
  CHECK(new_session_id("main", kNow, {}) == "main-2026-03-02-0815");
  CHECK(new_session_id("main", kNow, {"main-2026-03-02-0815"}) == "main-2026-03-02-0815-2");
  CHECK(new_session_id("main", kNow, {"main-2026-03-02-0815", "main-2026-03-02-0815-2"}) ==
        "main-2026-03-02-0815-3");
  CHECK(new_session_id("", kNow, {}) == "detached-2026-03-02-0815");
}

TEST_CASE("a session id is read back from STATE.md as it was given out") {
  gs::test::make_hermetic();
  for (const char* branch : {"#42-fix", "a#b", "@me/x", "{x}", "feature/ä", "1.10", "\xff"}) {
    NewState state = new_state();
    state.branch = branch;
    state.session = new_session_id(branch, kNow, {});
    const StateFile read = parse_state(render_new_state(state), "STATE.md");
    CHECK_MESSAGE(read.id() == state.session, branch);
    CHECK_MESSAGE(is_branch_of_state(read.branch, std::string(branch)), branch);
  }
}

TEST_CASE("a STATE.md belongs to its branch, and to any when it names none") {
  CHECK(is_branch_of_state("main", "main"));
  CHECK_FALSE(is_branch_of_state("main", "other"));
  CHECK(is_branch_of_state("", "other"));
  CHECK(is_branch_of_state("HEAD", "other"));
  CHECK(is_branch_of_state("main", std::nullopt));
}

TEST_CASE("completing changes status and updated and not one other byte") {
  const std::string before =
      "---\r\nstatus: active # on it\r\nzeta: 'kept'\r\nupdated: then\r\nalpha: "
      "1\r\n---\r\nbody\r\n";
  const std::string after = mark_completed(before, kNow);
  CHECK(after ==
        "---\r\nstatus: completed # on it\r\nzeta: 'kept'\r\nupdated: 2026-03-02T08:15:30.250Z\r\n"
        "alpha: 1\r\n---\r\nbody\r\n");
}

TEST_CASE("an abandoned session is idle to other readers of a tracked file") {
  const std::string before = render_new_state(new_state());
  const StateFile own = parse_state(mark_abandoned(before, false, kNow), "STATE.md");
  const StateFile tracked = parse_state(mark_abandoned(before, true, kNow), "STATE.md");
  CHECK(own.status == Status::Abandoned);
  CHECK(tracked.status == Status::Idle);
  CHECK(own.problems.empty());
  for (const StateFile& state : {own, tracked}) {
    REQUIRE(state.deviations.size() == 1);
    CHECK(contains(state.deviations.front(), "abandoned"));
  }
}

TEST_CASE("a deviation is one dated bullet, and the rest stays") {
  const std::string before = render_new_state(new_state());
  const std::string once = append_deviation(before, "gate \"lint\"\nwas overridden", kNow);
  CHECK(contains(once, "- [2026-03-02T08:15:30.250Z] gate \"lint\" was overridden\n"));
  const std::string twice = append_deviation(once, "another", kNow);
  CHECK(parse_state(twice, "STATE.md").deviations.size() == 2);
  CHECK(contains(twice, "## Wave History\n\n(none yet)\n"));
}

TEST_CASE("a pause says when and at which commit, and leaves no trace once it is over") {
  gs::test::make_hermetic();
  const std::string text = render_new_state(new_state());
  const Timestamp later = kNow + std::chrono::hours(1);
  const std::string paused = mark_paused(text, "0123456789012345678901234567890123456789", later);
  const StateFile state = parse_state(paused, "STATE.md");
  CHECK(state.problems.empty());
  CHECK(state.status == Status::Paused);
  CHECK(state.paused_at == later);
  CHECK(state.paused_ref == "0123456789012345678901234567890123456789");
  CHECK(simple_value(paused, "status") == "paused");
  CHECK(simple_value(paused, "updated") == format_utc(later));
  const std::string resumed = mark_resumed(paused, kNow);
  CHECK(resumed == text);
  CHECK_FALSE(parse_state(resumed, "STATE.md").paused_at);
}

TEST_CASE("a pause without a commit has none") {
  gs::test::make_hermetic();
  const StateFile state =
      parse_state(mark_paused(render_new_state(new_state()), "", kNow), "STATE.md");
  CHECK(state.problems.empty());
  CHECK(state.paused_ref.empty());
  CHECK(state.paused_at == kNow);
}

TEST_CASE("a title of a private session stays as it is written, and another one takes its place") {
  NewState state = new_state();
  state.tracked = false;
  for (const char* title : {"README: \"memory\" #1", "- it's\\so", "plain"}) {
    state.title = title;
    const std::string text = render_new_state(state);
    CHECK(parse_state(text, "STATE.md").title == title);
    const std::string renamed = mark_titled(text, "Say: \"why\"", false);
    CHECK(parse_state(renamed, "STATE.md").title == "Say: \"why\"");
    CHECK(parse_state(mark_titled(text, "Say: \"why\"", true), "STATE.md").title == "Say - why");
  }
  state.title = "two\nlines";
  CHECK(parse_state(render_new_state(state), "STATE.md").title == "two lines");
}
