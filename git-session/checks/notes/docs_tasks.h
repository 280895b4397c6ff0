#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"
#include "session/docs_tasks.h"

namespace gs::checks {

// What a change did to a document.
struct DocsChange {
  bool of_substance = false;  // more than white space and comments
  bool to_review = false;     // an added line says "<!-- REVIEW: source needed -->"
};
// `path`: tells how comments are written.
[[nodiscard]] DocsChange judge_docs_change(std::string_view path, std::string_view before,
                                           std::string_view after);

enum class DocsStatus { Ok, Partial, Gap };
[[nodiscard]] std::string_view docs_status_name(DocsStatus status);  // "ok", "partial", "gap"

struct DocsTaskResult {
  session::ListedDocsTask task;
  std::string target;  // what was looked for: its patterns, joined by ", "
  DocsStatus status = DocsStatus::Gap;
  std::string note;  // why it is no ok; "" for ok
};

// Files of an audience that are not in the work tree: a path with the change that was made to it.
struct OutsideDocument {
  std::string path;
  std::optional<DocsChange> change;  // absent: not touched
};
struct DocsSources {
  std::vector<RepoPath> changed;
  // What the session did to a changed file. Throws where the two contents cannot be compared.
  std::function<DocsChange(const RepoPath&)> judge;
  // The documents of audience `vault`: patterns of the work tree, or files outside of it.
  std::vector<std::string> vault_patterns;
  std::vector<OutsideDocument> vault_documents;
};
// Compares each task's target with what changed: ok (a change of substance), partial (one in which
// something is marked for review), gap (nothing, or white space and comments only).
[[nodiscard]] std::vector<DocsTaskResult> check_docs_tasks(
    const std::vector<session::ListedDocsTask>& tasks, const DocsSources& sources);

}  // namespace gs::checks
