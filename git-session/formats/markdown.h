#pragma once

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

}  // namespace gs::formats
