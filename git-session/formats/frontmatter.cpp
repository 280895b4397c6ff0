#include "formats/frontmatter.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/error.h"
#include "formats/lines.h"

namespace gs::formats {
namespace {

bool is_marker(std::string_view line) {
  return line.starts_with("---") && is_blank(line.substr(3));
}

bool is_comment(std::string_view line) {
  const std::size_t indent = indentation(line);
  return indent < line.size() && line[indent] == '#';
}

bool is_list_item(std::string_view line) {
  return line.starts_with('-') && (line.size() == 1 || is_space_or_tab(line[1]));
}

// Offset after the ':' if `line` (at top-level indentation) sets `key`, quoted or not.
std::optional<std::size_t> behind_key(std::string_view line, std::string_view key) {
  std::size_t at = 0;
  const char quote = line.empty() ? '\0' : line.front();
  const bool quoted = quote == '"' || quote == '\'';
  if (quoted) ++at;
  if (line.substr(at, key.size()) != key) return std::nullopt;
  at += key.size();
  if (quoted) {
    if (at >= line.size() || line[at] != quote) return std::nullopt;
    ++at;
  }
  while (at < line.size() && is_space_or_tab(line[at])) ++at;
  if (at >= line.size() || line[at] != ':') return std::nullopt;
  ++at;
  if (at < line.size() && !is_space_or_tab(line[at])) return std::nullopt;
  return at;
}

// Offset after the quoted text that starts at `at`; absent if it is not closed.
std::optional<std::size_t> behind_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  for (; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != '\'') return at + 1;
      ++at;  // '' is an escaped quote
    }
  }
  return std::nullopt;
}

// Offset after the flow collection that starts at `at`; absent if it is not closed.
std::optional<std::size_t> behind_flow(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      const auto behind = behind_quoted(text, at);
      if (!behind) return std::nullopt;
      at = *behind;
      continue;
    }
    ++at;
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && --depth == 0) return at;
  }
  return std::nullopt;
}

// Offset of the end of a line's content from `at` on: before whitespace and a comment.
std::size_t behind_plain(std::string_view line, std::size_t at) {
  std::size_t end = at;
  for (std::size_t i = at; i < line.size(); ++i) {
    if (line[i] == '#' && (i == 0 || is_space_or_tab(line[i - 1]))) break;
    if (!is_space_or_tab(line[i])) end = i + 1;
  }
  return end;
}

// The place of a top-level key's value in the YAML text. [begin, end) and the lines of [rest_begin,
// rest_end), on which a nested or folded value continues, are removed.
struct ValueSpan {
  std::size_t begin;
  std::size_t end;
  std::size_t rest_begin;
  std::size_t rest_end;
};

// What may follow the first line of a value.
enum class Continuation {
  None,
  Plain,   // folded plain scalar: ends at a comment
  Block,   // block scalar: '#' is content
  Nested,  // mapping or list below the key, with comments in between
};

// Offset after the last line on which the value continues.
std::size_t end_of_continuation(const std::vector<TextLine>& lines, std::size_t first,
                                std::size_t indent, Continuation kind) {
  std::size_t end = lines[first].end;
  if (kind == Continuation::None) return end;
  for (std::size_t i = first + 1; i < lines.size(); ++i) {
    const std::string_view line = lines[i].text;
    if (is_blank(line)) continue;
    if (kind != Continuation::Block && is_comment(line)) {
      if (kind == Continuation::Plain) break;
      continue;
    }
    const std::size_t here = indentation(line);
    const bool item =
        kind == Continuation::Nested && here == indent && is_list_item(line.substr(here));
    if (here <= indent && !item) break;
    end = lines[i].end;
  }
  return end;
}

// Offset after the quoted text or flow collection at `at`. Absent if there is none, or if it is
// damaged (not closed before the next unindented line, or followed by something other than a
// comment) and therefore handled as plain text.
std::optional<std::size_t> behind_closed(std::string_view yaml, const std::vector<TextLine>& lines,
                                         std::size_t index, std::size_t indent, std::size_t at) {
  std::optional<std::size_t> behind;
  if (yaml[at] == '"' || yaml[at] == '\'') behind = behind_quoted(yaml, at);
  if (yaml[at] == '[' || yaml[at] == '{') behind = behind_flow(yaml, at);
  for (std::size_t i = index + 1; behind && i < lines.size() && lines[i].begin < *behind; ++i) {
    if (!is_blank(lines[i].text) && indentation(lines[i].text) <= indent) return std::nullopt;
  }
  if (!behind) return std::nullopt;
  const std::size_t line_end = std::min(yaml.find_first_of("\r\n", *behind), yaml.size());
  const std::string_view rest = yaml.substr(*behind, line_end - *behind);
  const std::size_t space = indentation(rest);
  const bool ends = space == rest.size() || (space > 0 && rest[space] == '#');
  return ends ? behind : std::nullopt;
}

ValueSpan value_span(std::string_view yaml, const std::vector<TextLine>& lines, std::size_t index,
                     std::size_t indent, std::size_t behind_colon) {
  const TextLine& line = lines[index];
  const std::size_t line_end = line.begin + line.text.size();
  std::size_t at = behind_colon;
  while (at < line_end && is_space_or_tab(yaml[at])) ++at;
  if (at < line_end) {
    const auto closed = behind_closed(yaml, lines, index, indent, at);
    if (closed) return {at, *closed, line.end, line.end};
  }
  const std::size_t end = line.begin + behind_plain(line.text, at - line.begin);
  if (end <= at) {
    return {behind_colon, behind_colon, line.end,
            end_of_continuation(lines, index, indent, Continuation::Nested)};
  }
  const bool block = yaml[at] == '|' || yaml[at] == '>';
  const bool commented = !is_blank(yaml.substr(end, line_end - end));
  const Continuation kind = block       ? Continuation::Block
                            : commented ? Continuation::None
                                        : Continuation::Plain;
  return {at, end, line.end, end_of_continuation(lines, index, indent, kind)};
}

struct TopLevel {
  std::size_t indent = 0;
  bool flow = false;  // "{a: b}"
};

TopLevel top_level(const std::vector<TextLine>& lines) {
  for (const TextLine& line : lines) {
    if (is_blank(line.text) || is_comment(line.text)) continue;
    const std::size_t indent = indentation(line.text);
    return {indent, line.text[indent] == '{'};
  }
  return {};
}

// A key and its value: the index of its line, and the value's place.
struct FoundKey {
  std::size_t line;
  ValueSpan value;
};

// The last of several, which counts.
std::optional<FoundKey> find_key(std::string_view yaml, const std::vector<TextLine>& lines,
                                 std::size_t indent, std::string_view key) {
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (lines[i].text.size() <= indent || indentation(lines[i].text) != indent) continue;
    const auto behind = behind_key(lines[i].text.substr(indent), key);
    if (behind)
      return FoundKey{i, value_span(yaml, lines, i, indent, lines[i].begin + indent + *behind)};
  }
  return std::nullopt;
}

std::string set_value(std::string yaml, const std::string& key, const std::string& value,
                      std::string_view eol) {
  const auto lines = text_lines(yaml);
  const TopLevel top = top_level(lines);
  if (top.flow) {
    throw fatal("the frontmatter is one '{…}'; '" + key + "' cannot be set in it")
        .with_hint("write the frontmatter with one 'key: value' on each line");
  }
  if (const auto found = find_key(yaml, lines, top.indent, key)) {
    const ValueSpan& span = found->value;
    yaml.erase(span.rest_begin, span.rest_end - span.rest_begin);
    const bool space = yaml[span.begin - 1] == ':' && !value.empty();
    yaml.replace(span.begin, span.end - span.begin, (space ? " " : "") + value);
    return yaml;
  }
  yaml.append(top.indent, ' ').append(key).append(": ").append(value).append(eol);
  return yaml;
}

std::string remove_key(std::string yaml, const std::string& key) {
  while (true) {
    const auto lines = text_lines(yaml);
    const auto found = find_key(yaml, lines, top_level(lines).indent, key);
    if (!found) return yaml;
    const ValueSpan& span = found->value;
    std::size_t last = found->line;  // quoted text and flow collections may continue
    while (lines[last].end < span.end) ++last;
    const std::size_t begin = lines[found->line].begin;
    yaml.erase(begin, std::max(span.rest_end, lines[last].end) - begin);
  }
}

}  // namespace

std::optional<FrontmatterText> split_frontmatter(std::string_view text) {
  std::size_t offset = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  std::optional<std::size_t> yaml_begin;
  while (offset < text.size()) {
    const std::size_t newline = text.find('\n', offset);
    const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
    std::string_view line = text.substr(offset, end - offset);
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!yaml_begin) {
      if (!is_marker(line)) return std::nullopt;
      yaml_begin = end;
    } else if (is_marker(line)) {
      return FrontmatterText{text.substr(*yaml_begin, offset - *yaml_begin), text.substr(end)};
    }
    offset = end;
  }
  return std::nullopt;
}

std::string set_frontmatter_values(std::string_view text,
                                   const std::vector<std::pair<std::string, std::string>>& values) {
  const auto parts = split_frontmatter(text);
  if (!parts) throw fatal("there is no frontmatter between two lines '---'");
  const auto begin = static_cast<std::size_t>(parts->yaml.data() - text.data());
  std::string yaml(parts->yaml);
  for (const auto& [key, value] : values) {
    yaml = set_value(std::move(yaml), key, value, line_ending(text));
  }
  std::string result(text.substr(0, begin));
  return result.append(yaml).append(text.substr(begin + parts->yaml.size()));
}

std::string remove_frontmatter_keys(std::string_view text, const std::vector<std::string>& keys) {
  const auto parts = split_frontmatter(text);
  if (!parts) throw fatal("there is no frontmatter between two lines '---'");
  const auto begin = static_cast<std::size_t>(parts->yaml.data() - text.data());
  std::string yaml(parts->yaml);
  for (const std::string& key : keys) yaml = remove_key(std::move(yaml), key);
  std::string result(text.substr(0, begin));
  return result.append(yaml).append(text.substr(begin + parts->yaml.size()));
}

}  // namespace gs::formats
