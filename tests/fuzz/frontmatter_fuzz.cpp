#include "formats/frontmatter.h"

#include <algorithm>
#include <string>

#include "formats/lines.h"
#include "formats/yaml.h"
#include "fuzz.h"

namespace {

// The library forgives more than YAML allows: only lines that are plainly "key: value", lists,
// comments or indented can show whether the edit is right.
bool is_plain(std::string_view yaml) {
  bool first = true;
  std::string before;  // what is before the line
  // A quote or a bracket that continues on an unindented line is one of those liberties.
  const auto is_open = [](std::string_view text) {
    const auto count = [&](char c) { return std::count(text.begin(), text.end(), c); };
    return count('[') != count(']') || count('{') != count('}') || count('"') % 2 != 0 ||
           count('\'') % 2 != 0;
  };
  for (const auto& line : gs::formats::text_lines(yaml)) {
    const std::string_view text = line.text;
    // Nor is a tab on a blank line, which it takes below an empty value and not below a text.
    if (gs::formats::is_blank(text) && text.find('\t') != std::string_view::npos) return false;
    if (gs::formats::is_blank(text) || text[0] == '#') continue;
    const bool indented = text[0] == ' ' && !first;
    if (!indented && is_open(before)) return false;
    before += text;
    if (indented || (text.starts_with("- ") && !first)) continue;
    first = false;
    if (is_open(text)) return false;
    const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-_0123456789");
    if (end == 0 || end == std::string_view::npos || text[end] != ':') return false;
    if (end + 1 < text.size() && text[end + 1] != ' ') return false;
  }
  return true;
}

// For frontmatter that is a YAML mapping: the key has the new value, every other key the old one.
void check_values(std::string_view before, std::string_view after) {
  if (!is_plain(before)) return;
  gs::Json old;
  try {
    // Nor a last line that is only ended by the end of the text.
    (void)gs::formats::parse_yaml(std::string(before).append("one-more-key: 1\n"), "more");
    old = gs::formats::parse_yaml(before, "before");
  } catch (const gs::Error&) {  // damaged: only the frame has to be intact
    return;
  }
  if (!old.is_object()) return;
  old["status"] = "completed";
  bool same = false;
  gs::fuzz::allow_error([&] { same = gs::formats::parse_yaml(after, "after") == old; });
  gs::fuzz::require(same);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::formats;
  const std::string_view text = gs::fuzz::text_of(data, size);
  gs::fuzz::allow_error([&] {
    const auto parts = split_frontmatter(text);
    const std::string once = set_frontmatter_values(text, {{"status", "completed"}});
    const auto changed = split_frontmatter(once);
    gs::fuzz::require(parts && changed && changed->body == parts->body);
    gs::fuzz::require(changed->yaml.find("completed") != std::string_view::npos);
    check_values(parts->yaml, changed->yaml);
  });
  return 0;
}
