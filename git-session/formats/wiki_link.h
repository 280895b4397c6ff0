#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gs::formats {

// A wiki link "[[target#anchor|alias]]"; one to an anchor of its own note has no target and is
// none.
struct WikiLink {
  std::string target;    // without anchor and alias, trimmed
  std::size_t line = 0;  // from 1
};
// The links of a Markdown text outside code fences and code spans, each target once, in order.
// Takes linear time. `first_line`: of the file on which `text` starts.
[[nodiscard]] std::vector<WikiLink> wiki_links(std::string_view text, std::size_t first_line = 1);

}  // namespace gs::formats
