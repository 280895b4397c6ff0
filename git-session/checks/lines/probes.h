#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "git/objects/merge.h"
#include "session/finding.h"

namespace gs::checks {

// An issue that an annotation names: "TODO(#12)".
struct IssueReference {
  std::size_t line = 0;
  long issue = 0;
};
struct Annotations {
  std::vector<session::Finding> findings;  // TODO, FIXME, HACK, XXX that name no issue
  std::vector<IssueReference> references;  // of those that name an issue by number
};
// In comments on added lines of `path`. An issue is a number, a tracker's key or a URL, in the
// comment or in the lines right below that continue it.
[[nodiscard]] Annotations find_annotations(std::string_view path,
                                           const std::vector<git::AddedLine>& lines);

// "#12", "GH-12", "ABC-12", "issue 12", "https://…" in a text.
[[nodiscard]] bool names_an_issue(std::string_view text);

struct Artifact {
  session::Finding finding;
  bool fails = false;  // fails the gate; else a warning
};
// In added lines of `path`: conflict markers, `debugger` and the like by language, "TODO: remove"
// (these fail), `console.log` and the like (a warning, unless the code is meant to print).
// Importing a debugger is fine; calling it stops the program. Markdown and other prose: conflict
// markers only, and not a lone "=======".
[[nodiscard]] std::vector<Artifact> find_artifacts(std::string_view path,
                                                   const std::vector<git::AddedLine>& lines);

// In added lines of a test file: focused tests (`it.only`, `fdescribe`: the others are silently
// skipped) and tests that are skipped unconditionally, without an issue or a reason. By the
// frameworks of each language.
[[nodiscard]] std::vector<session::Finding> find_focused_tests(
    std::string_view path, const std::vector<git::AddedLine>& lines);

// A commit, as far as its message can be compared with it.
struct CommitFacts {
  std::string oid;  // abbreviated
  std::string message;
  std::vector<std::string> touched;                    // paths that it changes
  std::function<bool(const std::string&)> is_in_tree;  // whether its tree contains a path
};
// Files that the message claims to add and the commit does not touch, and files that it claims to
// remove and that are still there, untouched. Only plain statements count: "add src/a.c", "- remove
// `old.py`".
[[nodiscard]] std::vector<session::Finding> check_claims(const CommitFacts& commit);

}  // namespace gs::checks
