#include "formats/wiki_link.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "formats/code_fence.h"
#include "formats/lines.h"

namespace gs::formats {
namespace {

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

// `line` with its code spans blanked out: "`a` [[b]]" → "    [[b]]". A run of backticks closes only
// at a run of the same length; one that never closes is text.
std::string without_code_spans(std::string_view line) {
  std::string text(line);
  const std::vector<Ticks> runs = runs_of_backticks(line);
  // The next run of the same length behind each.
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

// What stands between "[[" and "]]" without anchor and alias; "" where that is no link.
std::string_view target_in(std::string_view inside) {
  if (inside.find_first_of("[]") != std::string_view::npos) return {};
  std::string_view target = inside.substr(0, inside.find_first_of("#|"));
  if (target.ends_with('\\')) target.remove_suffix(1);  // "\|" in a table
  return trim(target);
}

}  // namespace

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
        // Nothing closes so near; the next opening may.
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
