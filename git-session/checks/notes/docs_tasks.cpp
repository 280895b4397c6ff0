#include "checks/notes/docs_tasks.h"

#include <algorithm>

#include "base/glob.h"
#include "base/text.h"
#include "session/docs_tasks.h"

namespace gs::checks {
namespace {

// The changes that a task's target matches, together.
struct Touched {
  std::vector<std::string> idle;    // changed in white space and comments only
  std::vector<std::string> review;  // marked
  bool of_substance = false;

  void add(const std::string& path, const DocsChange& change) {
    if (change.of_substance) {
      of_substance = true;
      if (change.to_review) review.push_back(path);
    } else {
      idle.push_back(path);
    }
  }
};

std::vector<std::string> patterns_of(const session::ListedDocsTask& task,
                                     const DocsSources& sources) {
  if (!task.target.empty()) return {task.target};
  if (task.audience == "vault") return sources.vault_patterns;
  return session::audience_patterns(task.audience);
}

void judge(Touched& touched, DocsTaskResult& result) {
  if (!touched.review.empty()) {
    result.status = DocsStatus::Partial;
    result.note = join(touched.review, ", ") +
                  ": has a mark '<!-- REVIEW: source needed -->', review it before a release";
  } else if (touched.of_substance) {
    result.status = DocsStatus::Ok;
  } else if (!touched.idle.empty()) {
    result.note = "only white space and comments changed in " + join(touched.idle, ", ");
  } else {
    result.note = "nothing changed that it names";
  }
}

DocsTaskResult check_task(const session::ListedDocsTask& task, const DocsSources& sources) {
  DocsTaskResult result{task, "", DocsStatus::Gap, ""};
  const std::vector<std::string> patterns = patterns_of(task, sources);
  std::vector<std::string> targets = patterns;
  Touched touched;
  if (task.target.empty() && task.audience == "vault") {
    for (const OutsideDocument& document : sources.vault_documents) {
      targets.push_back(document.path);
      if (document.change) touched.add(document.path, *document.change);
    }
  }
  result.target = targets.empty() ? "(no vault)" : join(targets, ", ");
  const std::vector<Glob> globs(patterns.begin(), patterns.end());
  for (const RepoPath& path : sources.changed) {
    if (matches_any(globs, path.bytes())) touched.add(path.quoted(), sources.judge(path));
  }
  judge(touched, result);
  if (targets.empty()) result.note = "there is no vault to look for it in";
  return result;
}

}  // namespace

std::string_view docs_status_name(DocsStatus status) {
  switch (status) {
    case DocsStatus::Ok:
      return "ok";
    case DocsStatus::Partial:
      return "partial";
    case DocsStatus::Gap:
      break;
  }
  return "gap";
}

std::vector<DocsTaskResult> check_docs_tasks(const std::vector<session::ListedDocsTask>& tasks,
                                             const DocsSources& sources) {
  std::vector<DocsTaskResult> results;
  results.reserve(tasks.size());
  for (const session::ListedDocsTask& task : tasks) results.push_back(check_task(task, sources));
  return results;
}

}  // namespace gs::checks
