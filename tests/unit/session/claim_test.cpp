#include "session/claim.h"
#include "session/workspace.h"

#include <doctest/doctest.h>

using namespace gs;
using namespace gs::session;

namespace {

std::string reason(const Claim& claim, const char* path) {
  return claim.reason(RepoPath(path)).value_or("");
}

Plan plan_of(const char* title, const char* pattern) {
  Plan plan;
  PlanItem item;
  item.title = title;
  item.files.emplace_back(pattern);
  plan.items.push_back(item);
  return plan;
}
WaveScope scope_of(const char* pattern) {
  WaveScope scope;
  scope.allowed_paths.emplace_back(pattern);
  return scope;
}
std::vector<Wave> history_of(const char* files) {
  Wave wave;
  wave.agents.push_back({"x", AgentStatus::Complete, files, "", {}});
  return {wave};
}

}  // namespace

TEST_CASE("a claim says which part of the session names the path") {
  const Claim claim(plan_of("Retry uploads", "src/upload/**"), scope_of("tests/**"),
                    history_of("Makefile"), RepoPath(".claude"), {"docs/*.md"});
  CHECK(reason(claim, "src/upload/a/b.cpp") == "plan item 'Retry uploads'");
  CHECK(reason(claim, "tests/x") == "wave-scope.json 'tests/**'");
  CHECK(reason(claim, "docs/a.md") == "docs task 'docs/*.md'");
  CHECK(reason(claim, "Makefile") == "wave history");
  CHECK(reason(claim, ".claude/STATE.md") == "records");
  CHECK(reason(claim, "README.md").empty());
}

TEST_CASE("a file named in the wave history counts only when it is exactly that path") {
  const Claim claim({}, {}, history_of("src, a/b.c, *.cpp"), RepoPath(".claude"));
  CHECK(reason(claim, "a/b.c") == "wave history");
  CHECK(reason(claim, "src/x.cpp").empty());
  CHECK(reason(claim, "b.c").empty());
  CHECK(reason(claim, "x.cpp").empty());
  CHECK(reason(claim, "x/a/b.c").empty());
}

TEST_CASE("a session's records are its own") {
  const Claim claim({}, {}, {}, RepoPath(".claude"));
  for (const char* path : {".claude/STATE.md", ".claude/session-plan.toml",
                           ".claude/wave-scope.json", ".claude/session-handover/x.md"}) {
    CHECK_MESSAGE(claim.owns_record(RepoPath(path)), path);
    CHECK_MESSAGE(reason(claim, path) == "records", path);
  }
  for (const char* path :
       {".orchestrator/metrics/sessions.jsonl", ".orchestrator/metrics/learnings.jsonl",
        ".orchestrator/issues/0001-x.md"}) {
    CHECK_MESSAGE(is_shared_record(RepoPath(path)), path);
    CHECK_MESSAGE(!claim.owns_record(RepoPath(path)), path);
    CHECK_MESSAGE(reason(claim, path) == "records", path);
  }
  for (const char* path :
       {".codex/STATE.md", ".claude/rules/x.md", ".claude/STATE.md.bak", "x/.claude/STATE.md",
        ".claude/session-handover", ".orchestrator/metrics/events.jsonl",
        ".orchestrator/policy/x.json", ".claude"}) {
    CHECK_MESSAGE(reason(claim, path).empty(), path);
  }
}

TEST_CASE("records alone, an empty scope and prose are no claim") {
  CHECK_FALSE(Claim({}, {}, {}, RepoPath(".claude")).has_any());
  CHECK_FALSE(Claim(Plan{}, WaveScope{}, {}, RepoPath(".claude")).has_any());
  CHECK_FALSE(Claim({}, {}, history_of("several files"), RepoPath(".claude")).has_any());
  CHECK_FALSE(Claim({}, {}, history_of("7"), RepoPath(".claude")).has_any());
  CHECK(Claim(plan_of("t", "a"), {}, {}, RepoPath(".claude")).has_any());
  CHECK(Claim({}, scope_of("a"), {}, RepoPath(".claude")).has_any());
  CHECK(Claim({}, {}, history_of("src/a"), RepoPath(".claude")).has_any());
  CHECK(Claim({}, {}, history_of("README.md"), RepoPath(".claude")).has_any());
  CHECK(Claim({}, {}, {}, RepoPath(".claude"), {"docs/**"}).has_any());
}
