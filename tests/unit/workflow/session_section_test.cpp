#include "workflow/session_section.h"

#include <doctest/doctest.h>

#include "config/layer.h"

using namespace gs;
using namespace gs::workflow;

namespace {

const session::Stack kPnpm{"pnpm", "pnpm-lock.yaml", "pnpm test --run", std::nullopt, "pnpm lint"};

SectionEdit complete(std::string_view text) {
  return complete_session_section(text, "CLAUDE.md", kPnpm);
}

std::string value_of(const std::string& text, const std::string& key) {
  std::string value = "(none)";
  for (const config::Setting& setting : config::read_markdown_layer(text, "CLAUDE.md").settings) {
    if (setting.key == key) value = setting.value.get<std::string>();
  }
  return value;
}

}  // namespace

TEST_CASE("a text without the section gets it at its end, and every byte before stays") {
  for (const std::string before :
       {"# Project\n\nWords.  \n", "no newline at the end", "\xff\xfe bytes\n"}) {
    const SectionEdit edit = complete(before);
    CHECK(edit.new_section);
    CHECK(edit.text.starts_with(before));
    CHECK(edit.text.find("\n\n## Session Config\n\n") != std::string::npos);
    CHECK(value_of(edit.text, "test-command") == "pnpm test --run");
    CHECK(value_of(edit.text, "lint-command") == "pnpm lint");
    CHECK(value_of(edit.text, "typecheck-command") == "(none)");
    CHECK(edit.added == std::vector<std::string>{"test-command", "lint-command"});
  }
}

TEST_CASE("an empty file gets the section alone") {
  CHECK(complete("").text.starts_with("## Session Config\n"));
}

TEST_CASE("a completed section is complete: the second time nothing changes") {
  for (const std::string before : {"# P\n", "# P\n\n## Session Config\n",
                                   "## Session Config\n\n- **vcs:** local\n\n\n## B\n"}) {
    const std::string once = complete(before).text;
    CHECK(once != before);
    const SectionEdit twice = complete(once);
    CHECK(twice.text == once);
    CHECK(twice.added.empty());
  }
}

TEST_CASE("keys that are missing go behind the last line of the section, before what follows it") {
  const SectionEdit edit =
      complete("# P\n\n## Session Config\n\n- **vcs:** local\n\n## More\n\ntext");
  CHECK_FALSE(edit.new_section);
  CHECK(edit.text ==
        "# P\n\n## Session Config\n\n- **vcs:** local\n- **test-command:** pnpm test --run\n"
        "- **lint-command:** pnpm lint\n\n## More\n\ntext");
}

TEST_CASE("a key that is there in any form stays as it is") {
  const std::string text =
      "## Session Config\n\ntest-command: make mine\n- **lint-command:** skip\n";
  CHECK(complete(text).text == text);
  CHECK(complete("## Session Config\ntest-command: none\n").added ==
        std::vector<std::string>{"lint-command"});
}

TEST_CASE("a nested block at the end of the section is not torn apart") {
  const std::string text = "## Session Config\n\nvault-sync:\n  enabled: true\n  mode: strict";
  const std::string edited = complete(text).text;
  CHECK(edited.starts_with(text + "\n- **test-command:**"));
  CHECK(value_of(edited, "vault-sync.mode") == "strict");
  CHECK(value_of(edited, "test-command") == "pnpm test --run");
}

TEST_CASE("lines end as the file's lines end") {
  const std::string edited = complete("# P\r\n\r\n## Session Config\r\n").text;
  CHECK(edited ==
        "# P\r\n\r\n## Session Config\r\n- **test-command:** pnpm test --run\r\n"
        "- **lint-command:** pnpm lint\r\n");
  CHECK(complete("# P\r\n").text.find("\r\n\r\n## Session Config\r\n") != std::string::npos);
}

TEST_CASE("without a stack the section says that nothing was found, in a comment") {
  const SectionEdit edit = complete_session_section("# P\n", "CLAUDE.md", std::nullopt);
  CHECK(edit.added.empty());
  CHECK(edit.text.find("<!-- - **test-command:** … (none was found: the gate is skipped) -->") !=
        std::string::npos);
  CHECK(edit.unset ==
        std::vector<std::string>{"test-command", "typecheck-command", "lint-command"});
  CHECK(complete_session_section(edit.text, "CLAUDE.md", std::nullopt).unset == edit.unset);
  CHECK(config::has_session_config(edit.text));
  CHECK(config::read_markdown_layer(edit.text, "CLAUDE.md").settings.empty());
}
