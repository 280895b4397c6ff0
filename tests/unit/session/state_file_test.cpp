#include "session/state_file.h"

#include <doctest/doctest.h>

#include <ctime>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::any_contains;
using gs::test::contains;
using gs::test::error_of;

namespace {

constexpr const char* kFull = R"(---
schema-version: 1
session-type: deep
branch: feature/upload
issues: [42, 43]
started_at: 2026-03-02T09:05:00+01:00
status: paused
current-wave: 2
total-waves: 5
updated: 2026-03-02T08:30:00Z
session: feature/upload-2026-03-02-0805
session-start-ref: 0123456789012345678901234567890123456789
title: Uploads that survive
docs-tasks:
  - id: d1
    audience: user
    target-pattern: docs/user/**/*.md
---

## Current Wave

2

## Wave History

### Wave 1 — Discovery

- Agent "map": done — src/a.cpp — fine

## Deviations

- [2026-03-02T08:10:00Z] took the long way
  round
- another

## Notes

- not a deviation
)";

StateFile parse(const std::string& text) {
  return parse_state(text, ".claude/STATE.md");
}

}  // namespace

TEST_CASE("a complete STATE.md is read without a problem") {
  const StateFile state = parse(kFull);
  CHECK(state.problems.empty());
  CHECK(state.session_type == "deep");
  CHECK(state.branch == "feature/upload");
  CHECK(state.issues == std::vector<long>{42, 43});
  CHECK(format_utc(state.started_at.value()) == "2026-03-02T08:05:00.000Z");
  CHECK(state.status == Status::Paused);
  CHECK(state.current_wave == 2);
  CHECK(state.total_waves == 5);
  CHECK(state.session == "feature/upload-2026-03-02-0805");
  CHECK(state.title == "Uploads that survive");
  CHECK(state.docs_tasks.at(0).at("id") == "d1");
  REQUIRE(state.waves.size() == 1);
  CHECK(state.waves[0].agents.size() == 1);
  CHECK(state.deviations ==
        std::vector<std::string>{"[2026-03-02T08:10:00Z] took the long way round", "another"});
}

TEST_CASE("a start ref of digits only stays the text that it is") {
  CHECK(parse(kFull).session_start_ref == "0123456789012345678901234567890123456789");
  CHECK(parse("---\nsession-start-ref: 12e4567890123456789012345678901234567890 # x\n---\n")
            .session_start_ref == "12e4567890123456789012345678901234567890");
}

TEST_CASE("a branch that YAML takes for a number is read as it is written") {
  CHECK(parse("---\nbranch: 1.10\n---\n").branch == "1.10");
  CHECK(parse("---\nbranch: true\r\nstatus: idle\r\n---\r\n").branch == "true");
  CHECK(parse("---\nbranch: '2.0'\n---\n").branch == "2.0");
}

TEST_CASE("missing keys degrade and are reported, never an error") {
  const StateFile state = parse("---\nbranch: main\n---\n");
  CHECK(state.branch == "main");
  CHECK(state.issues.empty());
  CHECK_FALSE(state.started_at);
  CHECK_FALSE(state.current_wave);
  CHECK(state.docs_tasks.is_null());
  CHECK(state.waves.empty());
  for (const char* key : {"schema-version", "session-type", "issues", "started_at", "status",
                          "current-wave", "total-waves"}) {
    CHECK_MESSAGE(any_contains(state.problems, "'" + std::string(key) + "' is missing"), key);
  }
  CHECK(any_contains(state.problems, "Wave History"));
}

TEST_CASE("a STATE.md without a status that can be told counts as active") {
  CHECK(parse("---\nbranch: main\n---\n").status == Status::Active);
  const StateFile unknown = parse("---\nbranch: main\nstatus: cooking\n---\n");
  CHECK(unknown.status == Status::Active);
  CHECK(any_contains(unknown.problems, ".claude/STATE.md:3: 'status' is 'cooking'"));
  CHECK(parse("---\nstatus: Completed\n---\n").status == Status::Completed);
}

TEST_CASE("values of the wrong kind are reported with their line") {
  const StateFile state = parse(
      "---\nbranch: [a]\nissues: [1, x, \"#3\"]\nstarted_at: yesterday\ncurrent-wave: two\n"
      "total-waves: -1\n---\n");
  CHECK(state.branch.empty());
  CHECK(any_contains(state.problems, "STATE.md:2: 'branch' must be a string"));
  CHECK(state.issues == std::vector<long>{1, 3});
  CHECK(any_contains(state.problems,
                     "STATE.md:3: 'issues' has an entry that is not a number: \"x\""));
  CHECK(any_contains(state.problems, "STATE.md:4: 'started_at'"));
  CHECK(any_contains(state.problems, "STATE.md:5: 'current-wave' is not a number"));
  CHECK(any_contains(state.problems, "STATE.md:6: 'total-waves' is not a number"));
}

TEST_CASE("keys of docs tasks are not taken for the session's own") {
  const StateFile state = parse(
      "---\ndocs-tasks:\n  - id: d\n    branch: 2.0\n    status: 7\nbranch: 1.0\nstatus: 8\n---\n");
  CHECK(state.branch == "1.0");
  CHECK(any_contains(state.problems, "STATE.md:7: 'status' is '8'"));
}

TEST_CASE("looser shapes of other writers are understood") {
  const StateFile state = parse(
      "---\nschema_version: \"1\"\nsession_type: feature\nbranch: main\nissues: 12\n"
      "started-at: 2026-03-02\nstatus: \"active\"\ncurrent_wave: \"3\"\ntotal_waves: 4\n---\n"
      "no sections here\n");
  CHECK(state.session_type == "feature");
  CHECK(state.issues == std::vector<long>{12});
  CHECK(state.started_at);
  CHECK(state.current_wave == 3);
  CHECK(state.total_waves == 4);
  CHECK(state.problems.size() == 1);  // the wave history
  CHECK(parse("---\nissues: none\n---\n").issues.empty());
  CHECK(parse("---\nissues:\n---\n").issues.empty());
}

TEST_CASE("what is no STATE.md at all is an error") {
  CHECK(contains(error_of([] { (void)parse("# State\n"); }),
                 "'.claude/STATE.md' has no frontmatter"));
  CHECK(contains(error_of([] { (void)parse("---\n- a\n---\n"); }), "not a mapping"));
  CHECK(contains(error_of([] { (void)parse("---\na: [\n---\n"); }), ".claude/STATE.md:"));
  CHECK(contains(error_of([] { (void)parse("---\nschema-version: 2\n---\n"); }),
                 "schema-version 2 is newer"));
}

TEST_CASE("the id is the session key, else branch and start, else the branch") {
  StateFile state;
  CHECK(state.id() == "session");
  state.branch = "feature/x";
  CHECK(state.id() == "feature/x");
  state.started_at = parse_iso8601("2026-03-02T08:05:00Z");
  {
    const test::ScopedEnvironment zone("TZ", "UTC");
    tzset();
    CHECK(state.id() == "feature/x-2026-03-02-0805");
  }
  state.session = "given";
  CHECK(state.id() == "given");
}
