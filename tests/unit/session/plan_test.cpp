#include "session/plan.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;
using gs::test::error_of;

namespace {

std::string error_in(const std::string& text) {
  return error_of([&] { (void)parse_plan(text, "session-plan.toml"); });
}

}  // namespace

TEST_CASE("a plan is read with its items and docs tasks") {
  const Plan plan = parse_plan(R"(title = "Uploads that survive a flaky network"
type = "feature"
[[item]]
title = "Retry uploads with backoff"
issue = 42
priority = "high"
type = "feat"
files = ["src/upload/**", "tests/upload/"]
verify = "ctest -R upload"
[[item]]
title = "Progress bar"
dropped = "superseded by #50"
why = "no time"
[[docs]]
audience = "user"
target = "docs/user/**/*.md"
)",
                               "plan.toml");
  CHECK(plan.title == "Uploads that survive a flaky network");
  CHECK(plan.type == "feature");
  REQUIRE(plan.items.size() == 2);
  CHECK(plan.items[0].title == "Retry uploads with backoff");
  CHECK(plan.items[0].issue == 42);
  CHECK(plan.items[0].priority == "high");
  CHECK(plan.items[0].type == "feat");
  CHECK(plan.items[0].files.size() == 2);
  CHECK(plan.items[0].verify == "ctest -R upload");
  CHECK_FALSE(plan.items[0].dropped);
  CHECK(plan.items[1].priority == "medium");
  CHECK(plan.items[1].dropped == "superseded by #50");
  CHECK(plan.items[1].why == "no time");
  REQUIRE(plan.docs.size() == 1);
  CHECK(plan.docs[0].audience == "user");
  CHECK(plan.docs[0].target == "docs/user/**/*.md");
}

TEST_CASE("a file that two items match belongs to the first") {
  const Plan plan = parse_plan(
      "title='t'\n[[item]]\ntitle='a'\nfiles=['src/a*']\n[[item]]\ntitle='b'\nfiles=['src/**']\n",
      "p");
  CHECK(item_of(plan, "src/ab") == 0);
  CHECK(item_of(plan, "src/b") == 1);
  CHECK_FALSE(item_of(plan, "README.md"));
}

TEST_CASE("an unknown key is an error with its line and the nearest known key") {
  CHECK(contains(error_in("title = 't'\n[[item]]\ntitle = 'a'\nfile = ['x']\n"),
                 "session-plan.toml:4: unknown key 'file' | did you mean 'files'?"));
  CHECK(contains(error_in("title = 't'\nzzzzzz = 1\n"),
                 "the keys here are: title, type, item, docs"));
  CHECK(
      contains(error_in("title = 't'\n'a/b~c' = 1\n"), "session-plan.toml:2: unknown key 'a/b~c'"));
}

TEST_CASE("all mistakes come at once, in the order of their lines") {
  CHECK(error_in(R"(titel = "t"
type = "feture"
[[item]]
title = 7
priority = "hihg"
files = ["src/**", "../up"]
[[item]]
title = "b"
issue = "42"
[[item]]
title = "b"
[[docs]]
audience = "users"
)") == "session-plan.toml:1: unknown key 'titel'; did you mean 'title'?\n"
       "session-plan.toml:2: 'type' is 'feture'; did you mean 'feature'?\n"
       "session-plan.toml:4: 'title' must be a string; write it as: title = \"7\"\n"
       "session-plan.toml:5: 'priority' is 'hihg'; did you mean 'high'?\n"
       "session-plan.toml:6: '../up' in 'files' leads out of a directory with '..'; patterns are "
       "matched against whole paths from the top of the work tree, such as 'src/**'\n"
       "session-plan.toml:9: 'issue' must be a positive number; write it as: issue = 42\n"
       "session-plan.toml:11: two items have the title 'b'\n"
       "session-plan.toml:13: 'audience' is 'users'; did you mean 'user'? | ");
  std::string many = "title = 't'\n";
  for (int i = 0; i < 30; ++i) many += "zz" + std::to_string(i) + " = 1\n";
  CHECK(contains(error_in(many),
                 "zz19'; the keys here are: title, type, item, docs | there are 10 more"));
}

TEST_CASE("a missing title is an error") {
  CHECK(contains(error_in("type = 'deep'\n"), "the plan has no title"));
  CHECK(contains(error_in("title = '  '\n"), "the plan has no title"));
  CHECK(contains(error_in("title = 't'\n[[item]]\nissue = 1\n"),
                 "session-plan.toml:2: an item has no title"));
}

TEST_CASE("a value of the wrong kind is an error that says how to write it") {
  CHECK(contains(error_in("title = 7\n"),
                 "session-plan.toml:1: 'title' must be a string | write it as: title = \"7\""));
  CHECK(contains(error_in("title='t'\nitem = 1\n"), "[[item]]"));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\nissue = '#42'\n"),
                 "session-plan.toml:4: 'issue' must be a positive number"));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\nissue = 0\n"), "positive number"));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\nfiles = 'src'\n"),
                 "'files' must be a list of strings | write it as: files = [\"src\"]"));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\nverify = ['make test']\n"),
                 "'verify' must be a string | write it as: verify = \"make test\""));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\nissue = '#7'\n"), "issue = 7"));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\nfiles = [1]\n"), "a list of strings"));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\ntype = 'feat(ui)'\n"), "one word"));
  CHECK(contains(error_in("title='t'\n[[docs]]\n"), "neither audience nor target"));
}

TEST_CASE("a priority or session type that does not exist is an error that lists the right ones") {
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\npriority='urgent'\n"),
                 "session-plan.toml:4: 'priority' is 'urgent' | it is one of: critical, high"));
  CHECK(contains(error_in("title='t'\ntype='epic'\n"), "feature, deep, housekeeping"));
  CHECK(contains(error_in("title='t'\ntype='feat'\n"), "did you mean 'feature'?"));
  CHECK(contains(error_in("title='t'\ntype='chore'\n"), "did you mean 'housekeeping'?"));
  CHECK(contains(error_in("title='t'\n[[docs]]\naudience='usr'\n"),
                 "session-plan.toml:3: 'audience' is 'usr' | did you mean 'user'?"));
}

TEST_CASE("an item's type is a word of Conventional Commits, and any that a project has added") {
  const auto typed = [](const std::string& type) {
    return "title='t'\n[[item]]\ntitle='a'\ntype='" + type + "'\n";
  };
  CHECK(contains(error_in(typed("feature")), "session-plan.toml:4: 'type' is 'feature'"));
  CHECK(contains(error_in(typed("feature")), "did you mean 'feat'?"));
  CHECK(contains(error_in(typed("bug")), "did you mean 'fix'?"));
  for (const char* type : {"feat", "fix", "docs", "test", "deps"})
    CHECK_MESSAGE(parse_plan(typed(type), "p").items[0].type == type, type);
}

TEST_CASE("what can match nothing, or cannot be told apart, is an error") {
  for (const char* pattern : {"", " ", "/abs", "../up", "a/../b", "a\\b"}) {
    CAPTURE(pattern);
    const std::string error = error_in(
        std::string("title='t'\n[[item]]\ntitle='a'\nfiles = ['src/', '") + pattern + "']\n");
    CHECK(error.starts_with("session-plan.toml:4: '" + std::string(pattern) + "' in 'files' "));
    CHECK(contains(error, " | "));
  }
  const std::string flood =
      error_in("title='t'\n[[item]]\ntitle='a'\nfiles = ['" + std::string(10'000, '{') + "']\n");
  CHECK(contains(flood, "is longer than a path can be"));
  CHECK(flood.size() < 400);
  std::string many = "title='t'\n[[item]]\ntitle='a'\nfiles = [\n";
  for (int i = 0; i < 60'000; ++i) many += "'s/" + std::to_string(i) + "',\n";
  CHECK(contains(error_in(many + "]\n"), "session-plan.toml:4: the plan's files are too many"));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle=\"a\\nb\"\n"), "a title is one line"));
  CHECK(contains(error_in("title='t'\n[[item]]\ntitle='a'\n[[item]]\ntitle='a'\n"),
                 "session-plan.toml:5: two items have the title 'a'"));
  CHECK(contains(error_in("titel='t'\n"), "did you mean 'title'?"));
}

TEST_CASE("a text that is no TOML is an error with its line") {
  CHECK(contains(error_in("title = 't'\n[[item]\n"), "session-plan.toml:2: "));
}
