#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/plan.h"
#include "session/state_file.h"

namespace gs::session {

// Where the documents of an audience stand (docs/formats.md, "Docs tasks"): what a task without a
// target pattern means. Empty for "vault" (its notes are outside the tree) and unknown ones.
[[nodiscard]] const std::vector<std::string>& audience_patterns(std::string_view audience);

// The target patterns of STATE.md's `docs-tasks` and of the plan's `[[docs]]`; entries that are no
// task are passed over.
[[nodiscard]] std::vector<std::string> docs_patterns(const StateFile& state,
                                                     const std::optional<Plan>& plan);

// A document that the session was to write (docs/formats.md, "Docs tasks").
struct ListedDocsTask {
  std::string id;  // "docs-2" where the source has none
  std::string audience;
  std::string target;  // "" where it is the audience's
  std::string wave;    // "" where the source does not say
};
struct DocsTaskList {
  std::string source;  // "STATE.md", "the plan", the file's name; "" where nobody lists any
  std::vector<ListedDocsTask> tasks;
  std::vector<std::string> problems;  // what could not be read; never passed over in silence
};

// A text with its name, for messages.
struct NamedText {
  std::string name;
  std::string text;
};
// STATE.md's, else the plan's, else those of `file` (--docs-tasks). A list that cannot be read is a
// problem, and the next source is not asked.
[[nodiscard]] DocsTaskList list_docs_tasks(const StateFile& state, const std::optional<Plan>& plan,
                                           const std::optional<NamedText>& file);
// The first fenced YAML block of "### Docs Tasks (machine-readable)": a list, or a mapping with it
// under `docs-tasks`.
[[nodiscard]] DocsTaskList read_docs_tasks(const NamedText& file);

}  // namespace gs::session
