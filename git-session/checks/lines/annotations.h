#pragma once

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

}  // namespace gs::checks
