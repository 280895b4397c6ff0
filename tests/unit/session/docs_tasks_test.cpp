#include "session/docs_tasks.h"

#include <doctest/doctest.h>

#include "formats/yaml.h"

namespace gs::session {
namespace {

using DocsPatterns = std::vector<std::string>;

TEST_CASE("docs tasks of STATE.md and of the plan give their target patterns") {
  StateFile state;
  state.docs_tasks =
      formats::parse_json(R"([{"id":"d1","audience":"user","target-pattern":"docs/a.md"},
                                     {"id":"d2","target_pattern":"docs/b.md"}])",
                          "test");
  Plan plan;
  plan.docs.push_back({"dev", "docs/c.md"});
  CHECK(docs_patterns(state, plan) == DocsPatterns{"docs/a.md", "docs/b.md", "docs/c.md"});
}

TEST_CASE("a task without a target takes the patterns of its audience") {
  Plan plan;
  plan.docs.push_back({"dev", ""});
  CHECK(docs_patterns({}, plan) ==
        DocsPatterns{"CLAUDE.md", "docs/dev/**/*.md", "docs/adr/**/*.md"});
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

StateFile state(const std::string& yaml) {
  StateFile file;
  const Json values = formats::parse_yaml(yaml, "STATE.md");
  if (values.is_object()) file.docs_tasks = values.at("docs-tasks");
  return file;
}
std::string shown(const DocsTaskList& list) {
  std::string text = list.source + ":";
  for (const ListedDocsTask& task : list.tasks)
    text += " " + task.id + "|" + task.audience + "|" + task.target + "|" + task.wave;
  for (const std::string& problem : list.problems) text += " !" + problem;
  return text;
}
NamedText file(const std::string& text) {
  return {"tasks.md", text};
}

TEST_CASE("STATE.md's tasks come before the plan's, and these before the file's") {
  Plan plan;
  plan.docs = {{"dev", ""}, {"", "docs/b.md"}};
  const NamedText tasks =
      file("### Docs Tasks (machine-readable)\n```yaml\n- audience: user\n```\n");
  CHECK(shown(list_docs_tasks(
            state("docs-tasks:\n  - id: a\n    audience: user\n    target-pattern: docs/a.md\n    "
                  "wave: 3\n    status: pending\n"),
            plan, tasks)) == "STATE.md: a|user|docs/a.md|3");
  CHECK(shown(list_docs_tasks({}, plan, tasks)) == "the plan: docs-1|dev|| docs-2||docs/b.md|");
  CHECK(shown(list_docs_tasks(state("docs-tasks: []\n"), std::nullopt, tasks)) ==
        "'tasks.md': docs-1|user||");
  CHECK(shown(list_docs_tasks({}, std::nullopt, std::nullopt)) == ":");
}

TEST_CASE("a list that is none is a problem, and the next source is not asked") {
  Plan plan;
  plan.docs = {{"dev", ""}};
  CHECK(shown(list_docs_tasks(state("docs-tasks: later\n"), plan, std::nullopt)) ==
        "STATE.md: !docs-tasks of STATE.md is not a list");
  CHECK(shown(list_docs_tasks(state("docs-tasks: {a: b}\n"), plan, std::nullopt)) ==
        "STATE.md: !docs-tasks of STATE.md is not a list");
}

TEST_CASE("an entry that is not a task is a problem, and the others count") {
  CHECK(shown(list_docs_tasks(state("docs-tasks:\n  - words\n  - audience: nobody\n  - "
                                    "target_pattern: docs/a.md\n"),
                              std::nullopt, std::nullopt)) ==
        "STATE.md: docs-3||docs/a.md| !entry 1 of docs-tasks in STATE.md is not a mapping "
        "!entry 2 of docs-tasks in STATE.md has no target-pattern, and no audience that has one");
}

TEST_CASE("a file's tasks are the first YAML block of their section") {
  CHECK(shown(read_docs_tasks(
            file("# Plan\n```yaml\n- audience: dev\n```\n### Docs Tasks (machine-readable)\nwords\n"
                 "```json\n[]\n```\n~~~yaml\ndocs-tasks:\n  - {id: x, audience: user}\n~~~\n"
                 "```yaml\n- audience: dev\n```\n"))) == "'tasks.md': x|user||");
  CHECK(
      shown(read_docs_tasks(file(
          "### Docs Tasks (machine-readable)\r\n```\r\n- id: y\r\n  audience: dev\r\n```\r\n"))) ==
      "'tasks.md': y|dev||");
}

TEST_CASE("a file without them, and broken YAML, are problems with their place") {
  const std::string missing =
      "'tasks.md': !'tasks.md' has no fenced YAML block under '### Docs Tasks (machine-readable)'";
  CHECK(shown(read_docs_tasks(file("words\n"))) == missing);
  CHECK(shown(read_docs_tasks(file("### Docs Tasks (machine-readable)\n- id: x\n"))) == missing);
  const DocsTaskList broken = read_docs_tasks(
      file("# A\n### Docs Tasks (machine-readable)\n```yaml\n- id: x\n  a: [1\n```\n"));
  REQUIRE(broken.problems.size() == 1);
  CHECK(broken.problems[0].starts_with("tasks.md:"));
  CHECK(broken.problems[0].find("invalid YAML") != std::string::npos);
  CHECK(
      shown(read_docs_tasks(file("### Docs Tasks (machine-readable)\n```yaml\nother: 1\n```\n"))) ==
      "'tasks.md': !docs-tasks of 'tasks.md' is not a list");
}

}  // namespace
}  // namespace gs::session
