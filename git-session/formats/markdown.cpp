#include "formats/markdown.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "formats/code_fence.h"
#include "formats/frontmatter.h"
#include "formats/lines.h"

namespace gs::formats {
namespace {

struct Heading {
  int level;
  std::string_view title;
  std::size_t line;  // index into the lines
};

// An ATX heading: up to three spaces, one to six '#', white space, the title, perhaps more '#'.
std::optional<Heading> parse_heading(std::string_view line) {
  const std::size_t indent = indentation(line);
  if (indent > 3 || indent == line.size() || line[indent] != '#') return std::nullopt;
  line.remove_prefix(indent);
  const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
  std::string_view title = line.substr(level);
  if (level > 6 || (!title.empty() && title.front() != ' ' && title.front() != '\t')) {
    return std::nullopt;
  }
  title = trim(title);
  const std::size_t last = title.find_last_not_of('#');
  if (last == std::string_view::npos) {
    title = {};
  } else if (last + 1 < title.size() && (title[last] == ' ' || title[last] == '\t')) {
    title = trim(title.substr(0, last));
  }
  return Heading{static_cast<int>(level), title, 0};
}

std::vector<Heading> headings(std::string_view text, const std::vector<TextLine>& lines) {
  // A comment in the frontmatter looks like a heading.
  const auto frontmatter = split_frontmatter(text);
  const std::size_t body = frontmatter ? text.size() - frontmatter->body.size() : 0;
  std::vector<Heading> found;
  CodeFence fence;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].begin < body || fence.take(lines[i].text) || fence.inside()) continue;
    if (auto heading = parse_heading(lines[i].text)) {
      heading->line = i;
      found.push_back(*heading);
    }
  }
  return found;
}

bool is_placeholder(std::string_view line) {
  static constexpr std::array<std::string_view, 4> kForms = {"(none yet)", "- (none yet)",
                                                             "_(none yet)_", "*(none yet)*"};
  return std::find(kForms.begin(), kForms.end(), trim(line)) != kForms.end();
}

std::string with_new_section(std::string_view text, std::string_view title, std::string_view line) {
  const std::string eol(line_ending(text));
  std::string result(text);
  if (!result.empty() && !result.ends_with('\n')) result += eol;
  if (!result.empty()) {
    const auto lines = text_lines(result);
    if (!is_blank(lines.back().text)) result += eol;
  }
  result.append("## ").append(title).append(eol).append(eol).append(line).append(eol);
  return result;
}

}  // namespace

std::vector<MarkdownSection> markdown_sections(std::string_view text) {
  const auto lines = text_lines(text);
  const auto found = headings(text, lines);
  std::vector<MarkdownSection> sections(found.size());
  std::array<std::size_t, 7> next_at_level{};  // where a section of that level would end
  next_at_level.fill(text.size());
  for (std::size_t i = found.size(); i-- > 0;) {
    const auto level = static_cast<std::size_t>(found[i].level);
    const TextLine& line = lines[found[i].line];
    const std::size_t end = next_at_level[level];
    sections[i] = {found[i].level, found[i].title, found[i].line + 1,
                   text.substr(line.end, end - line.end)};
    for (std::size_t deeper = level; deeper < next_at_level.size(); ++deeper) {
      next_at_level[deeper] = line.begin;
    }
  }
  return sections;
}

std::optional<MarkdownSection> find_markdown_section(std::string_view text, int level,
                                                     std::string_view title) {
  for (const MarkdownSection& section : markdown_sections(text)) {
    if (section.level == level && section.title == title) return section;
  }
  return std::nullopt;
}

std::string append_to_section(std::string_view text, std::string_view title,
                              std::string_view line) {
  const auto section = find_markdown_section(text, 2, title);
  if (!section) return with_new_section(text, title, line);
  const std::string eol(line_ending(text));
  const auto start = static_cast<std::size_t>(section->content.data() - text.data());
  std::optional<TextLine> last;
  for (const TextLine& candidate : text_lines(section->content)) {
    if (!is_blank(candidate.text)) last = candidate;
  }
  std::string result(text);
  if (last && is_placeholder(last->text)) {
    result.replace(start + last->begin, last->text.size(), line);
    return result;
  }
  const std::size_t at = last ? start + last->end : start;
  std::string added = last ? "" : eol;  // a blank line between the heading and its first line
  if (at > 0 && text[at - 1] != '\n') added.insert(0, eol);
  added.append(line).append(eol);
  result.insert(at, added);
  return result;
}

}  // namespace gs::formats
