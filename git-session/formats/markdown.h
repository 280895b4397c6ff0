#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::formats {

// A section of a Markdown text, from its heading line to the line before the next heading of the
// same or a higher level. Headings inside code fences and in frontmatter do not count. Views into
// the text.
struct MarkdownSection {
  int level = 0;             // number of '#'
  std::string_view title;    // trimmed
  std::size_t line = 0;      // of the heading, from 1
  std::string_view content;  // after the heading line
};
[[nodiscard]] std::vector<MarkdownSection> markdown_sections(std::string_view text);
[[nodiscard]] std::optional<MarkdownSection> find_markdown_section(std::string_view text, int level,
                                                                   std::string_view title);

// Appends `line` (without its end) as the last non-empty line of section "## title", before the
// blank lines that separate it from what follows; a placeholder line "(none yet)" gives way. The
// section is added at the end of the text when it is not there. Every other byte stays, and the
// text's line ending is used.
[[nodiscard]] std::string append_to_section(std::string_view text, std::string_view title,
                                            std::string_view line);

// Follows fenced code blocks through the lines of a Markdown text (CommonMark: three or more '`' or
// '~', at most three spaces before them).
class CodeFence {
 public:
  // Takes the next line (without its end); true when it opens or closes a fence.
  bool take(std::string_view line);
  [[nodiscard]] bool inside() const { return length_ > 0; }

 private:
  char mark_ = 0;
  std::size_t length_ = 0;  // of the fence that is open
};

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
