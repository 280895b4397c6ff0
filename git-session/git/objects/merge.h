#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::git {

// Three-way merge of contents like `git merge-file`; absent if it does not merge cleanly or a side
// is binary.
[[nodiscard]] std::optional<std::string> merge_contents(std::string_view ancestor,
                                                        std::string_view ours,
                                                        std::string_view theirs);

// The same, with what collides between conflict markers. Content absent: a side is binary.
struct MarkedMerge {
  std::optional<std::string> content;
  bool clean = false;
};
[[nodiscard]] MarkedMerge merge_with_markers(std::string_view ancestor, std::string_view ours,
                                             std::string_view theirs);

// The same for append-only files: both sides' lines stay, theirs first where they collide.
[[nodiscard]] std::string merge_lines(std::string_view ancestor, std::string_view ours,
                                      std::string_view theirs);

struct AddedLine {
  std::size_t number;  // in the new content, from 1
  std::string text;    // without its line ending
};
// Lines of `after` that are not in `before`, as a diff with git's defaults finds them; empty for
// binary content.
[[nodiscard]] std::vector<AddedLine> added_lines(std::string_view before, std::string_view after);

// What `git diff` with its defaults prints for a change of content, and how many lines it counts.
struct TextDifference {
  std::size_t added = 0;
  std::size_t removed = 0;
  bool binary = false;
  std::string patch;  // with its headers; of binary content a line that says so
};
// A side that is absent is a file that is not there.
[[nodiscard]] TextDifference differ(const std::optional<std::string>& before,
                                    const std::optional<std::string>& after,
                                    const std::string& path);

}  // namespace gs::git
