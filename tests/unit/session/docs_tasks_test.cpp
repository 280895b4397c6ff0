#include "session/docs_tasks.h"

#include <doctest/doctest.h>

using namespace gs;
using namespace gs::session;

using Patterns = std::vector<std::string>;

TEST_CASE("docs tasks of STATE.md and of the plan give their target patterns") {
  StateFile state;
  state.docs_tasks =
      formats::parse_json(R"([{"id":"d1","audience":"user","target-pattern":"docs/a.md"},
                                     {"id":"d2","target_pattern":"docs/b.md"}])",
                          "test");
  Plan plan;
  plan.docs.push_back({"dev", "docs/c.md"});
  CHECK(docs_patterns(state, plan) == Patterns{"docs/a.md", "docs/b.md", "docs/c.md"});
}

TEST_CASE("a task without a target takes the patterns of its audience") {
  Plan plan;
  plan.docs.push_back({"dev", ""});
  CHECK(docs_patterns({}, plan) == Patterns{"CLAUDE.md", "docs/dev/**/*.md", "docs/adr/**/*.md"});
  CHECK(audience_patterns("user").front() == "README.md");
  CHECK(audience_patterns("vault").empty());
  CHECK(audience_patterns("martians").empty());
}

TEST_CASE("docs tasks of an unexpected shape are passed over") {
  StateFile state;
  state.docs_tasks =
      formats::parse_json(R"(["text", 7, {"audience":3,"target-pattern":["x"]}])", "test");
  CHECK(docs_patterns(state, std::nullopt).empty());
  state.docs_tasks = "all of them";
  CHECK(docs_patterns(state, std::nullopt).empty());
}
