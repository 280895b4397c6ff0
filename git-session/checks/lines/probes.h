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
  std::vector<IssueReference> references;  // of those that name one by its number
};
// In the comments of the lines that a change adds to `path`. An issue is a number, a key of a
// tracker or an address, in the comment or in those right below that go on with it.
[[nodiscard]] Annotations find_annotations(std::string_view path,
                                           const std::vector<git::AddedLine>& lines);

// "#12", "GH-12", "ABC-12", "issue 12", "https://…" in a text.
[[nodiscard]] bool names_an_issue(std::string_view text);

struct Artifact {
  session::Finding finding;
  bool fails = false;  // fails the gate; else a warning
};
// Conflict markers, `debugger` and its like by language, "TODO: remove" (these fail), `console.log`
// and its like (a warning, where printing is not what the code is for) in the lines that a change
// adds to `path`. A debugger that is only imported is none: what stops the program is its call.
// Markdown and other prose: conflict markers only, and not a lone "=======".
[[nodiscard]] std::vector<Artifact> find_artifacts(std::string_view path,
                                                   const std::vector<git::AddedLine>& lines);

// Tests that run alone (`it.only`, `fdescribe`: the others are silently left out) or are skipped
// whatever the circumstances and without naming an issue or a reason, in the lines that a change
// adds to a test file. By the frameworks of each language; a skip under a condition is none.
[[nodiscard]] std::vector<session::Finding> find_focused_tests(
    std::string_view path, const std::vector<git::AddedLine>& lines);

// A commit as far as its message can be held against it.
struct CommitFacts {
  std::string oid;  // abbreviated
  std::string message;
  std::vector<std::string> touched;                    // paths that it changes
  std::function<bool(const std::string&)> is_in_tree;  // whether its tree has a path
};
// Files that the message says were added and that the commit does not touch, and files that it says
// were removed and that are still there untouched. Only plain statements count: "add src/a.c",
// "- remove `old.py`".
[[nodiscard]] std::vector<session::Finding> check_claims(const CommitFacts& commit);

}  // namespace gs::checks
