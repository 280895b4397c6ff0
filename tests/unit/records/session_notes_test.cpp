#include "records/session_notes.h"

#include <doctest/doctest.h>

#include "formats/frontmatter.h"
#include "formats/yaml.h"

using namespace gs;
using namespace gs::records;

TEST_CASE("a project's notes stand under its path, with dashes for all but letters and digits") {
  CHECK(memory_directory("/home/me/.claude", "/home/me/my.project_2") ==
        "/home/me/.claude/projects/-home-me-my-project-2/memory");
}

TEST_CASE("a second note of a day gets -2, and so on") {
  CHECK(memory_note_name("2026-11-22", {}) == "session-2026-11-22");
  CHECK(memory_note_name("2026-11-22", {"session-2026-11-22.md"}) == "session-2026-11-22-2");
  CHECK(memory_note_name("2026-11-22", {"session-2026-11-22-2.md", "session-2026-11-22.md"}) ==
        "session-2026-11-22-3");
  CHECK(count_memory_notes({"MEMORY.md", "session-x.md", "session-y.txt"}) == 1);
}

TEST_CASE("a note has its frontmatter and its three sections, whatever the description holds") {
  const MemoryNote note{"session-2026-11-22",
                        "Uploads: \"retry\" # now\nand then",
                        {"#42 Retry: done"},
                        {},
                        {"Take up: x"}};
  const std::string text = render_memory_note(note);
  const auto parts = formats::split_frontmatter(text);
  REQUIRE(parts.has_value());
  const Json fields = formats::parse_yaml(parts->yaml, "note");
  CHECK(fields["name"] == "session-2026-11-22");
  CHECK(fields["type"] == "project");
  CHECK(fields["description"].get<std::string>().find("retry") != std::string::npos);
  CHECK(parts->body ==
        "\n## Outcomes\n\n- #42 Retry: done\n\n## Learnings\n\nNone.\n\n## Next Session\n\n"
        "- Take up: x\n");
}

TEST_CASE("the index gets its line under Sessions and stays as it is otherwise") {
  const MemoryNote note{"session-2026-11-22", "Uploads", {}, {}, {}};
  const std::string line = "- [Session 2026-11-22](session-2026-11-22.md) \u2014 Uploads\n";
  CHECK(add_to_memory_index("", "2026-11-22", note).ends_with("## Sessions\n\n" + line));
  CHECK(add_to_memory_index("# Memory\n\n## Sessions\n\n- old\n\n## Other\ntext\n", "2026-11-22",
                            note) ==
        "# Memory\n\n## Sessions\n\n- old\n" + line + "\n## Other\ntext\n");
}

TEST_CASE("a handover says of each section that there is nothing, rather than leaving it out") {
  const std::string text =
      render_handover({"main-1", "", "", "", "2026-11-22T15:08:50.881Z", {"a"}, {}, {}, {}, {}});
  CHECK(
      text.starts_with("# Handover: session main-1\n\n- Session: main-1\n- Type: n/a\n"
                       "- Branch: detached HEAD\n- Closed: 2026-11-22T15:08:50.881Z\n"));
  CHECK(text.find("\n## Tasks Completed\n\n- a\n") != std::string::npos);
  CHECK(text.find("\n## Resume Point\n\nNone.\n") != std::string::npos);
}
