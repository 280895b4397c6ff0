#include "checks/notes/docs_tasks.h"

#include <algorithm>
#include <string>

#include "base/glob.h"
#include "base/names.h"
#include "base/text.h"
#include "checks/lines/source_line.h"
#include "formats/markdown.h"
#include "git/objects/merge.h"
#include "session/docs_tasks.h"

namespace gs::checks {
namespace {

constexpr auto kDocsStatusNames = std::to_array<Name<DocsStatus>>(
    {{DocsStatus::Ok, "ok"}, {DocsStatus::Partial, "partial"}, {DocsStatus::Gap, "gap"}});

// All changes that match a task's target.
struct Touched {
  std::vector<std::string> idle;    // only whitespace and comments changed
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

constexpr std::string_view kOpen = "<!--";
constexpr std::string_view kClose = "-->";

void add_without_space(std::string& text, std::string_view part) {
  std::copy_if(part.begin(), part.end(), std::back_inserter(text),
               [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\f' && c != '\v'; });
}

// The words of a Markdown or HTML text: without whitespace and comments; code fences as they are.
std::string prose_of(std::string_view text) {
  std::string said;
  formats::CodeFence fence;
  bool in_comment = false;
  for (std::string_view line : split_lines(text)) {
    if (!in_comment && (fence.take(line) || fence.inside())) {
      add_without_space(said, line);
      continue;
    }
    while (!line.empty()) {
      const std::size_t mark = line.find(in_comment ? kClose : kOpen);
      const std::size_t end = std::min(mark, line.size());
      if (!in_comment) add_without_space(said, line.substr(0, end));
      if (mark == std::string_view::npos) break;
      line.remove_prefix(mark + (in_comment ? kClose.size() : kOpen.size()));
      in_comment = !in_comment;
    }
  }
  return said;
}

// Source code without whitespace and without lines that are only a comment.
std::string code_of(Language language, std::string_view text) {
  std::string said;
  SourceReader reader(language);
  std::size_t number = 0;
  for (const std::string_view line : split_lines(text)) {
    const SourceLine parts = reader.read(++number, line);
    if (trim(parts.code).empty() && !trim(parts.comment).empty()) continue;
    add_without_space(said, line);
  }
  return said;
}

std::string said_by(std::string_view path, std::string_view text) {
  const Language language = language_of(path);
  const bool code =
      language != Language::Unknown && language != Language::Prose && language != Language::Markup;
  return code ? code_of(language, text) : prose_of(text);
}

bool asks_for_review(std::string_view line) {
  for (std::size_t at = line.find(kOpen); at != std::string_view::npos;
       at = line.find(kOpen, at + 1)) {
    if (to_lower(trim(line.substr(at + kOpen.size(), 100))).starts_with("review: source needed"))
      return true;
  }
  return false;
}

}  // namespace

std::string_view docs_status_name(DocsStatus status) {
  return name_of(kDocsStatusNames, status);
}

std::vector<DocsTaskResult> check_docs_tasks(const std::vector<session::ListedDocsTask>& tasks,
                                             const DocsSources& sources) {
  std::vector<DocsTaskResult> results;
  results.reserve(tasks.size());
  for (const session::ListedDocsTask& task : tasks) results.push_back(check_task(task, sources));
  return results;
}

DocsChange judge_docs_change(std::string_view path, std::string_view before,
                             std::string_view after) {
  DocsChange change;
  change.of_substance = said_by(path, before) != said_by(path, after);
  const auto added = git::added_lines(before, after);
  change.to_review = std::any_of(added.begin(), added.end(), [](const git::AddedLine& line) {
    return asks_for_review(line.text);
  });
  return change;
}

}  // namespace gs::checks
