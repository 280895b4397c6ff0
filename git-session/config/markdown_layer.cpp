#include <optional>

#include "base/ascii.h"
#include "base/error.h"
#include "base/text.h"
#include "config/keys.h"
#include "config/layer.h"
#include "config/value_text.h"
#include "formats/lines.h"
#include "formats/markdown.h"
#include "formats/yaml.h"

namespace gs::config {
namespace {

using formats::TextLine;

constexpr std::string_view kHeading = "## Session Config";
constexpr std::string_view kKeyCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

// A line "- **key:** value" or "key: value".
struct KeyLine {
  std::string key;
  std::string_view value;  // with comment and quotes
};

std::optional<KeyLine> parse_key_line(std::string_view line) {
  const std::size_t indent = formats::indentation(line);
  std::string_view rest = line.substr(indent);
  const bool item = rest.size() > 1 && std::string_view("-*+").find(rest[0]) != std::string::npos &&
                    is_space_or_tab(rest[1]);
  if (item) rest = rest.substr(1 + formats::indentation(rest.substr(1)));
  const bool bold = rest.starts_with("**");
  if (!bold && (item || indent > 0)) return std::nullopt;  // prose, or part of a nested value
  if (bold) rest.remove_prefix(2);
  const std::size_t length = rest.find_first_not_of(kKeyCharacters);
  if (length == 0 || length == std::string_view::npos) return std::nullopt;
  const std::string key(rest.substr(0, length));
  rest.remove_prefix(length);
  if (bold && (rest.starts_with(":**") || rest.starts_with("**:"))) {
    rest.remove_prefix(3);
  } else if (!bold && rest.starts_with(':')) {
    rest.remove_prefix(1);
    if (!rest.empty() && !is_space_or_tab(rest.front())) return std::nullopt;  // "https://…"
  } else {
    return std::nullopt;
  }
  return KeyLine{key, rest};
}

// A line that was meant as one, as people write lists: "- key: value", "- `key`: value". The key,
// if it is one of ours or nearly.
std::string meant_key(std::string_view line) {
  const std::string_view rest =
      line.substr(std::min(line.find_first_not_of(" \t-*+_`"), line.size()));
  const std::size_t length = rest.find_first_not_of(kKeyCharacters);
  if (length == 0 || length == std::string_view::npos) return "";
  const std::string_view after = rest.substr(length);
  if (!after.substr(std::min(after.find_first_not_of("*_`"), after.size())).starts_with(':'))
    return "";
  const std::string key(rest.substr(0, length));
  if (find_key(key) != nullptr) return key;
  std::vector<std::string_view> names;
  for (const Key& known : keys()) names.push_back(known.name);
  return std::string(nearest(key, names));
}

// "`make check`" is a command in Markdown's own quotes. In "`a` && `b`" they are the shell's.
std::string_view in_backticks(std::string_view value) {
  if (!value.starts_with('`')) return "";
  const std::size_t end = value.find('`', 1);
  if (end == std::string_view::npos || end == 1) return "";
  const std::string_view rest = trim(value.substr(end + 1));
  const bool is_whole = rest.empty() || rest == "#" || rest.starts_with("# ");
  return is_whole ? trim(value.substr(1, end - 1)) : "";
}

// Without " # comment"; a '#' between double quotes is part of the value.
std::string_view without_comment(std::string_view value) {
  if (const std::string_view inner = in_backticks(trim(value)); !inner.empty()) return inner;
  bool quoted = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '"') quoted = !quoted;
    const bool spaced = i > 0 && is_space_or_tab(value[i - 1]) &&
                        (i + 1 == value.size() || is_space_or_tab(value[i + 1]));
    if (value[i] == '#' && !quoted && spaced) return trim(value.substr(0, i));
  }
  return trim(value);
}

class MarkdownReader {
 public:
  MarkdownReader(std::string_view text, const std::string& file)
      : text_(text), file_(file), lines_(formats::text_lines(text)) {
    find_section();
  }

  [[nodiscard]] Layer read() {
    for (std::size_t i = 0; i < lines_.size();) i = read_line(i);
    return std::move(layer_);
  }

 private:
  void find_section() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (lines_[i].text != kHeading) continue;
      if (section_begin_ > 0) {
        layer_.warnings.push_back(place(i) + ": ignored, line " + std::to_string(section_begin_) +
                                  " starts a section with the same heading");
        continue;
      }
      section_begin_ = i + 1;
      section_end_ = section_begin_;
      while (section_end_ < lines_.size() && !lines_[section_end_].text.starts_with("## ")) {
        ++section_end_;
      }
    }
  }

  // Returns the index of the line to continue with.
  std::size_t read_line(std::size_t index) {
    const std::string_view line = lines_[index].text;
    if (fence_.take(line)) return index + 1;
    const auto found = parse_key_line(line);
    const bool inside = index >= section_begin_ && index < section_end_ && section_begin_ > 0;
    if (!found) {
      if (inside && !fence_.inside()) warn_of_form(index);
      return index + 1;
    }
    const std::string_view value = without_comment(found->value);
    const bool block = is_block(found->key) && value.empty() && line.starts_with(found->key);
    if (!block && !inside) return index + 1;
    if (value.empty()) return read_nested(index, found->key, block);
    const std::string_view bare = without_quotes(value, '"');
    Json scalar = std::string(bare);
    if (is_block(found->key)) scalar = parse_flow_text(quote_globs(value));
    add(found->key, std::move(scalar), index, index + 1);
    return index + 1;
  }

  void warn_of_form(std::size_t index) {
    const std::string key = meant_key(lines_[index].text);
    if (key.empty()) return;
    layer_.warnings.push_back(
        place(index) + ": this line is ignored: a key is taken only as '- **" + key + ":** …'");
  }

  // The lines below a "key:" that are its value: indented ones, and blank ones between them.
  std::size_t end_of_nested(std::size_t index) const {
    formats::CodeFence fence = fence_;
    std::size_t end = index + 1;
    for (std::size_t i = index + 1; i < lines_.size(); ++i) {
      const std::string_view line = lines_[i].text;
      if (fence.take(line)) break;
      if (formats::is_blank(line)) continue;
      const bool comment = fence.inside() && line.starts_with('#');
      if (!is_space_or_tab(line.front()) && !comment) break;
      if (!comment) end = i + 1;
    }
    return end;
  }

  std::size_t read_nested(std::size_t index, const std::string& key, bool block) {
    const std::size_t end = end_of_nested(index);
    Json value;
    if (end > index + 1) {
      const std::size_t begin = lines_[index + 1].begin;
      const std::string yaml = quote_globs(text_.substr(begin, lines_[end - 1].end - begin));
      try {
        value = formats::parse_yaml(yaml, file_, index + 2);
      } catch (const Error& error) {
        if (block) throw;
        layer_.warnings.push_back(error.message() + " (below " + key + ", ignored)");
        return end;
      }
    }
    if (!block || value.is_object()) {
      add(key, std::move(value), index, end);
    } else if (!value.is_null()) {
      layer_.warnings.push_back(place(index) + ": " + key +
                                " is ignored, no 'key: value' below it");
    }
    return end;
  }

  void add(const std::string& key, Json value, std::size_t index, std::size_t end) {
    add_setting(layer_, key, std::move(value), [&](const std::string& block_key) {
      return Origin{"markdown", file_, line_of(block_key, index, end)};
    });
  }

  // The line, counted from 1, that sets a key of the block that starts at `index`.
  std::size_t line_of(const std::string& block_key, std::size_t index, std::size_t end) const {
    for (std::size_t i = index + 1; !block_key.empty() && i < end; ++i) {
      const std::string_view line = trim(lines_[i].text);
      if (line.starts_with(block_key) && trim(line.substr(block_key.size())).starts_with(':')) {
        return i + 1;
      }
    }
    return index + 1;
  }

  std::string place(std::size_t index) const { return file_ + ":" + std::to_string(index + 1); }

  std::string_view text_;
  std::string file_;
  std::vector<TextLine> lines_;
  std::size_t section_begin_ = 0;  // index after the heading; 0: no section
  std::size_t section_end_ = 0;
  formats::CodeFence fence_;
  Layer layer_;
};

}  // namespace

Layer read_markdown_layer(std::string_view text, const std::string& file) {
  return MarkdownReader(text, file).read();
}

bool has_session_config(std::string_view text) {
  for (const TextLine& line : formats::text_lines(text)) {
    if (line.text == kHeading) return true;
  }
  return false;
}

}  // namespace gs::config
