#pragma once

#include <string_view>

namespace gs::checks {

// What a change did to a document.
struct DocsChange {
  bool of_substance = false;  // more than white space and comments
  bool to_review = false;     // an added line says "<!-- REVIEW: source needed -->"
};
// `path`: tells how comments are written.
[[nodiscard]] DocsChange judge_docs_change(std::string_view path, std::string_view before,
                                           std::string_view after);

}  // namespace gs::checks
