#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/plan.h"
#include "session/state_file.h"

namespace gs::session {

// Where an audience's documents are (docs/formats.md, "Docs tasks"): the target of a task without a
// pattern. Empty for "vault" (its notes are outside the tree) and unknown audiences.
[[nodiscard]] const std::vector<std::string>& audience_patterns(std::string_view audience);

// The target patterns of STATE.md's `docs-tasks` and of the plan's `[[docs]]`; entries that are not
// tasks are ignored.
[[nodiscard]] std::vector<std::string> docs_patterns(const StateFile& state,
                                                     const std::optional<Plan>& plan);

// A document that the session should write (docs/formats.md, "Docs tasks").
struct ListedDocsTask {
  std::string id;  // "docs-2" if the source has none
  std::string audience;
  std::string target;  // "": the audience's documents
  std::string wave;    // "" if not given
};
struct DocsTaskList {
  std::string source;  // "STATE.md", "the plan", the file's name; "" if none lists any
  std::vector<ListedDocsTask> tasks;
  std::vector<std::string> problems;  // unreadable parts; never skipped silently
};

// A text with its name, for messages.
struct NamedText {
  std::string name;
  std::string text;
};
// STATE.md's, else the plan's, else those of `file` (--docs-tasks). An unreadable list is a
// problem, and the next source is not consulted.
[[nodiscard]] DocsTaskList list_docs_tasks(const StateFile& state, const std::optional<Plan>& plan,
                                           const std::optional<NamedText>& file);
// The first fenced YAML block of "### Docs Tasks (machine-readable)": a list, or a mapping with it
// under `docs-tasks`.
[[nodiscard]] DocsTaskList read_docs_tasks(const NamedText& file);

}  // namespace gs::session
