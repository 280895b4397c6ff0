#include "formats/markdown.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
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
  // A comment in frontmatter looks like a heading.
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

// What closes a fence that the text leaves open, and that would swallow what is appended; "" if all
// are closed.
std::string closing_fence(std::string_view text) {
  const auto frontmatter = split_frontmatter(text);
  CodeFence fence;
  for (const TextLine& line : text_lines(frontmatter ? frontmatter->body : text))
    (void)fence.take(line.text);
  return fence.closing();
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
  if (const std::string fence = closing_fence(text); !fence.empty()) result += fence + eol;
  if (!result.empty()) {
    const auto lines = text_lines(result);
    if (!is_blank(lines.back().text)) result += eol;
  }
  result.append("## ").append(title).append(eol).append(eol).append(line).append(eol);
  return result;
}

constexpr std::size_t kLongest = 400;  // bytes between the brackets

struct Ticks {
  std::size_t begin;
  std::size_t length;
};
std::vector<Ticks> runs_of_backticks(std::string_view line) {
  std::vector<Ticks> runs;
  for (std::size_t at = line.find('`'); at != std::string_view::npos; at = line.find('`', at)) {
    const std::size_t end = std::min(line.find_first_not_of('`', at), line.size());
    runs.push_back({at, end - at});
    at = end;
  }
  return runs;
}

// `line` with its code spans blanked out: "`a` [[b]]" → "    [[b]]". A run of backticks is closed
// by a run of the same length; without one it is text.
std::string without_code_spans(std::string_view line) {
  std::string text(line);
  const std::vector<Ticks> runs = runs_of_backticks(line);
  // For each run, the next of the same length.
  std::vector<std::size_t> partner(runs.size(), runs.size());
  std::unordered_map<std::size_t, std::size_t> next;
  for (std::size_t i = runs.size(); i-- > 0;) {
    const auto [found, is_new] = next.emplace(runs[i].length, i);
    if (!is_new) partner[i] = std::exchange(found->second, i);
  }
  for (std::size_t i = 0; i < runs.size();) {
    if (partner[i] == runs.size()) {
      ++i;
      continue;
    }
    const Ticks& close = runs[partner[i]];
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(runs[i].begin),
              text.begin() + static_cast<std::ptrdiff_t>(close.begin + close.length), ' ');
    i = partner[i] + 1;
  }
  return text;
}

// The text between "[[" and "]]" without anchor and alias; "" if it is not a link.
std::string_view target_in(std::string_view inside) {
  if (inside.find_first_of("[]") != std::string_view::npos) return {};
  std::string_view target = inside.substr(0, inside.find_first_of("#|"));
  if (target.ends_with('\\')) target.remove_suffix(1);  // "\|" in a table
  return trim(target);
}

}  // namespace

std::vector<MarkdownSection> markdown_sections(std::string_view text) {
  const auto lines = text_lines(text);
  const auto found = headings(text, lines);
  std::vector<MarkdownSection> sections(found.size());
  std::array<std::size_t, 7> next_at_level{};  // end of a section of that level
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
  // A section that leaves a fence open reaches to the end of the text.
  if (const std::string fence = closing_fence(text); !fence.empty()) added += fence + eol + eol;
  if (at > 0 && text[at - 1] != '\n') added.insert(0, eol);
  added.append(line).append(eol);
  result.insert(at, added);
  return result;
}

bool CodeFence::take(std::string_view line) {
  const std::size_t indent = indentation(line);
  if (indent > 3 || line.substr(0, indent).find('\t') != std::string_view::npos) return false;
  line.remove_prefix(indent);
  const char mark = line.empty() ? '\0' : line.front();
  if (mark != '`' && mark != '~') return false;
  const std::size_t first_other = line.find_first_not_of(mark);
  const std::size_t length = first_other == std::string_view::npos ? line.size() : first_other;
  const std::string_view rest = line.substr(length);
  if (inside()) {
    if (mark != mark_ || length < length_ || !is_blank(rest)) return false;
    length_ = 0;
    return true;
  }
  // "```a```" is a code span, not a fence.
  if (length < 3 || (mark == '`' && rest.find('`') != std::string_view::npos)) return false;
  mark_ = mark;
  length_ = length;
  return true;
}

std::vector<WikiLink> wiki_links(std::string_view text, std::size_t first_line) {
  std::vector<WikiLink> links;
  if (text.find("[[") == std::string_view::npos) return links;
  std::unordered_set<std::string> seen;
  CodeFence fence;
  std::size_t number = first_line;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (fence.take(line) || fence.inside() || line.find("[[") == std::string_view::npos) continue;
    const std::string plain = without_code_spans(line);
    const std::string_view rest = plain;
    for (std::size_t at = rest.find("[["); at != std::string_view::npos; at = rest.find("[[", at)) {
      at += 2;
      const std::string_view window = rest.substr(at, kLongest);
      const std::size_t close = window.find("]]");
      if (close == std::string_view::npos) {
        // No end within the limit; the next opening may have one.
        --at;
        continue;
      }
      const std::string_view inside = window.substr(0, close);
      const std::string target(target_in(inside));
      if (target.empty()) {
        if (inside.find('[') != std::string_view::npos) --at;
        continue;
      }
      at += close + 2;
      if (seen.insert(target).second) links.push_back({target, number});
    }
  }
  return links;
}

}  // namespace gs::formats
