#include "formats/frontmatter.h"

#include <algorithm>
#include <utility>

#include "formats/lines.h"
#include "formats/yaml.h"
#include "fuzz.h"

namespace {

// The library forgives more than YAML allows: only lines that are plainly "key: value", lists,
// comments or indented can show whether the edit is right.
bool is_plain(std::string_view yaml) {
  bool first = true;
  for (const auto& line : gs::formats::text_lines(yaml)) {
    const std::string_view text = line.text;
    if (gs::formats::is_blank(text) || text[0] == '#') continue;
    if (!std::exchange(first, false) && (text[0] == ' ' || text.starts_with("- "))) continue;
    // A quote or a bracket that continues on an unindented line is one of those liberties.
    const auto brackets = [&](std::string_view kind) {
      return std::count_if(text.begin(), text.end(),
                           [&](char c) { return kind.find(c) != std::string_view::npos; });
    };
    if (brackets("[{") != brackets("]}")) return false;
    for (const char quote : {'"', '\''}) {
      if (std::count(text.begin(), text.end(), quote) % 2 != 0) return false;
    }
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
