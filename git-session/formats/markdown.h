#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::formats {

// A section of a Markdown text, from its heading to the line before the next heading of the same or
// a higher level. Headings in code fences and frontmatter do not count. Views into the text.
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
// blank lines that separate it from what follows; a placeholder line "(none yet)" is replaced. A
// missing section is added at the end. All other bytes are preserved, and the text's line ending is
// used.
[[nodiscard]] std::string append_to_section(std::string_view text, std::string_view title,
                                            std::string_view line);

// Tracks fenced code blocks through the lines of a Markdown text (CommonMark: at least three '`' or
// '~', indented by at most three spaces).
class CodeFence {
 public:
  // Takes the next line (without its end); true if it opens or closes a fence.
  bool take(std::string_view line);
  [[nodiscard]] bool inside() const { return length_ > 0; }
  // The line that would close it; "" outside of one.
  [[nodiscard]] std::string closing() const { return std::string(length_, mark_); }

 private:
  char mark_ = 0;
  std::size_t length_ = 0;  // of the open fence
};

// A wiki link "[[target#anchor|alias]]". Links to an anchor of the same note do not count.
struct WikiLink {
  std::string target;    // without anchor and alias, trimmed
  std::size_t line = 0;  // from 1
};
// The links of a Markdown text outside code fences and code spans, each target once, in order.
// Linear time. `first_line`: the file's line on which `text` starts.
[[nodiscard]] std::vector<WikiLink> wiki_links(std::string_view text, std::size_t first_line = 1);

}  // namespace gs::formats
