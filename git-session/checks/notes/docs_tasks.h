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
  bool of_substance = false;  // more than whitespace and comments
  bool to_review = false;     // an added line says "<!-- REVIEW: source needed -->"
};
// `path` determines the syntax of comments.
[[nodiscard]] DocsChange judge_docs_change(std::string_view path, std::string_view before,
                                           std::string_view after);

enum class DocsStatus { Ok, Partial, Gap };
[[nodiscard]] std::string_view docs_status_name(DocsStatus status);  // "ok", "partial", "gap"

struct DocsTaskResult {
  session::ListedDocsTask task;
  std::string target;  // the patterns that were searched, joined by ", "
  DocsStatus status = DocsStatus::Gap;
  std::string note;  // why it is not ok; "" for ok
};

// A file of an audience outside the work tree, with the change made to it.
struct OutsideDocument {
  std::string path;
  std::optional<DocsChange> change;  // absent: not touched
};
struct DocsSources {
  std::vector<RepoPath> changed;
  // What the session did to a changed file. Throws if the two contents cannot be compared.
  std::function<DocsChange(const RepoPath&)> judge;
  // Documents of audience `vault`: patterns in the work tree, or files outside of it.
  std::vector<std::string> vault_patterns;
  std::vector<OutsideDocument> vault_documents;
};
// Compares each task's target with what changed: ok (a change of substance), partial (the same with
// a part marked for review), gap (nothing, or whitespace and comments only).
[[nodiscard]] std::vector<DocsTaskResult> check_docs_tasks(
    const std::vector<session::ListedDocsTask>& tasks, const DocsSources& sources);

}  // namespace gs::checks
