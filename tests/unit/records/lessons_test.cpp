#include "records/lessons.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace gs;
using namespace gs::records;

namespace {

const Lesson* find(const std::vector<Lesson>& lessons, const std::string& type,
                   const std::string& subject) {
  const auto found = std::find_if(lessons.begin(), lessons.end(), [&](const Lesson& lesson) {
    return lesson.type == type && lesson.subject == subject;
  });
  return found == lessons.end() ? nullptr : &*found;
}

session::Wave wave(long number, std::vector<session::AgentRun> agents) {
  return {number, "Impl", false, std::move(agents)};
}

session::AgentRun agent(const std::string& description, session::AgentStatus status,
                        std::optional<long> issue = std::nullopt) {
  return {description, status, "", "", issue};
}

constexpr auto kComplete = session::AgentStatus::Complete;
constexpr auto kFailed = session::AgentStatus::Failed;

}  // namespace

TEST_CASE("a session in which nothing happened teaches nothing") {
  CHECK(lessons_of({}).empty());
}

TEST_CASE("a file in three of the session's commits is fragile, one in two is not") {
  SessionFacts facts;
  facts.commits = 4;
  facts.commits_by_file = {{"often.c", 3}, {"twice.c", 2}};
  const std::vector<Lesson> lessons = lessons_of(facts);
  REQUIRE(lessons.size() == 1);
  CHECK(lessons[0].type == "fragile-file");
  CHECK(lessons[0].subject == "often.c");
  CHECK(lessons[0].evidence == "in 3 of 4 commits");
}

TEST_CASE("only the ten files that changed most are fragile") {
  SessionFacts facts;
  for (char c = 'a'; c <= 'z'; ++c)
    facts.commits_by_file[std::string(1, c)] = static_cast<std::size_t>(c - 'a') + 3;
  const std::vector<Lesson> lessons = lessons_of(facts);
  REQUIRE(lessons.size() == 10);
  CHECK(lessons.front().subject == "z");
}

TEST_CASE("a number of agents that did everything is a size that works; otherwise it is not") {
  SessionFacts facts;
  facts.session_type = "deep";
  facts.planned = facts.completed = 1;
  facts.waves = {wave(1, {agent("a", kComplete), agent("b", kComplete)})};
  const std::vector<Lesson> worked = lessons_of(facts);
  const Lesson* lesson = find(worked, "effective-sizing", "deep-session-with-2-agents");
  REQUIRE(lesson != nullptr);
  CHECK_FALSE(lesson->contradicts);
  facts.waves[0].agents[1].status = kFailed;
  const std::vector<Lesson> failed = lessons_of(facts);
  lesson = find(failed, "effective-sizing", "deep-session-with-2-agents");
  REQUIRE(lesson != nullptr);
  CHECK(lesson->contradicts);
}

TEST_CASE("what went wrong in two waves recurs: an agent's task, or an issue") {
  SessionFacts facts;
  facts.waves = {wave(1, {agent("types", kFailed), agent("docs", kFailed, 12)}),
                 wave(2, {agent("types", kFailed), agent("other", kFailed, 12)})};
  const std::vector<Lesson> lessons = lessons_of(facts);
  CHECK(find(lessons, "recurring-issue", "types") != nullptr);
  CHECK(find(lessons, "recurring-issue", "issue-12") != nullptr);
  CHECK(find(lessons, "recurring-issue", "docs") == nullptr);
  CHECK(find(lessons, "recurring-issue", "types")->evidence == "in waves 1, 2");
}

TEST_CASE("a scope fits when all is done, and is too large when half of it is carried over") {
  SessionFacts facts;
  facts.session_type = "feature";
  facts.planned = facts.completed = 2;
  CHECK(lessons_of(facts).empty());  // of a person's plan nothing is learned
  facts.waves = {wave(1, {})};
  std::vector<Lesson> lessons = lessons_of(facts);
  CHECK_FALSE(find(lessons, "scope-guidance", "scope-fits-for-a-feature-session")->contradicts);
  CHECK(find(lessons, "scope-guidance", "scope-too-large-for-a-feature-session")->contradicts);
  facts.completed = facts.carried_over = 1;
  lessons = lessons_of(facts);
  CHECK(find(lessons, "scope-guidance", "scope-fits-for-a-feature-session")->contradicts);
  CHECK_FALSE(
      find(lessons, "scope-guidance", "scope-too-large-for-a-feature-session")->contradicts);
  facts.planned = 3;
  facts.completed = 2;
  CHECK(lessons_of(facts).empty());
}

TEST_CASE("deviations of one kind are one pattern, whatever their time and numbers") {
  SessionFacts facts;
  facts.deviations = {"[2026-11-22T11:40:00Z] Wave 2: scope expanded (3 files)",
                      "[2026-11-23T08:00:00.123Z] Wave 4: scope expanded (12 files)", "", "[x"};
  const std::vector<Lesson> lessons = lessons_of(facts);
  const Lesson* lesson = find(lessons, "deviation-pattern", "wave-scope-expanded");
  REQUIRE(lesson != nullptr);
  CHECK(lesson->evidence == facts.deviations[0] + " (and 1 more time)");
  facts.deviations.resize(1);
  CHECK(lessons_of(facts).empty());
  facts.waves = {wave(1, {})};
  CHECK(find(lessons_of(facts), "deviation-pattern", "wave-scope-expanded") != nullptr);
}

TEST_CASE("errors of one class that stop agents twice are a pattern") {
  SessionFacts facts;
  facts.stagnation_classes = {{"scope-denied", 2}, {"other", 1}};
  const std::vector<Lesson> lessons = lessons_of(facts);
  REQUIRE(lessons.size() == 1);
  CHECK(lessons[0].subject == "scope-denied");
}
