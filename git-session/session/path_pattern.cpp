#include "session/path_pattern.h"

#include <algorithm>

#include "base/text.h"

namespace gs::session {

namespace {

constexpr std::size_t kMostPatterns = 64;
constexpr std::size_t kLongest = 4096;  // Linux's PATH_MAX

// Without "." segments and doubled slashes; what a directory's slash says stays.
std::string plain_segments(std::string_view pattern) {
  std::string plain;
  for (const std::string_view segment : split(pattern, '/')) {
    if (segment.empty() || segment == ".") continue;
    if (!plain.empty()) plain += '/';
    plain += segment;
  }
  if (plain.empty()) return pattern.empty() ? "" : "**";
  return pattern.ends_with('/') ? plain + '/' : plain;
}

struct Braces {
  std::size_t begin, end;  // of "{" and behind "}"
  std::vector<std::string_view> alternatives;
};

// The first group of braces that has a comma.
std::optional<Braces> find_braces(std::string_view pattern) {
  struct Open {
    std::size_t begin;
    std::vector<std::size_t> commas;
  };
  std::vector<Open> open;
  std::optional<Open> first;
  std::size_t end = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] == '{') open.push_back({at, {}});
    if (open.empty()) continue;
    if (pattern[at] == ',') open.back().commas.push_back(at);
    if (pattern[at] != '}') continue;
    if (!open.back().commas.empty() && (!first || open.back().begin < first->begin)) {
      first = std::move(open.back());
      end = at + 1;
    }
    open.pop_back();
  }
  if (!first) return std::nullopt;
  Braces braces{first->begin, end, {}};
  std::size_t from = first->begin + 1;
  first->commas.push_back(end - 1);
  for (const std::size_t comma : first->commas) {
    braces.alternatives.push_back(pattern.substr(from, comma - from));
    from = comma + 1;
  }
  return braces;
}

// Stops at one more than may be.
void expand(const std::string& pattern, std::vector<std::string>& expanded) {
  const auto braces = find_braces(pattern);
  if (!braces) {
    expanded.push_back(pattern);
    return;
  }
  for (const std::string_view alternative : braces->alternatives) {
    if (expanded.size() > kMostPatterns) return;
    expand(std::string(pattern, 0, braces->begin)
               .append(alternative)
               .append(pattern, braces->end, std::string::npos),
           expanded);
  }
}

}  // namespace

std::vector<std::string> plain_patterns(std::string_view written) {
  std::vector<std::string> patterns;
  const std::string trimmed(trim(written));
  if (trimmed.size() <= kLongest) expand(trimmed, patterns);
  if (patterns.size() != 1) patterns.push_back(trimmed);  // a name may have braces
  for (std::string& pattern : patterns) pattern = plain_segments(pattern);
  return patterns;
}

std::optional<BadPattern> bad_pattern(std::string_view written, std::string_view top) {
  constexpr const char* kRelative =
      "patterns are matched against whole paths from the top of the work tree, such as 'src/**'";
  const auto rather = [](std::string_view form) { return "write '" + std::string(form) + "'"; };
  const std::string_view pattern = trim(written);
  if (pattern.empty()) return BadPattern{"is empty", kRelative};
  if (pattern.size() > kLongest) {
    return BadPattern{"is longer than a path can be (" + std::to_string(kLongest) + " bytes)",
                      "write several patterns instead"};
  }
  if (pattern.front() == '/') {
    const bool is_inside =
        !top.empty() && pattern.starts_with(top) && pattern.substr(top.size()).starts_with('/');
    const std::size_t name = pattern.find_first_not_of('/', is_inside ? top.size() : 0);
    // Beside the work tree: what is behind the "/" is no path of it.
    const auto first = [](std::string_view path) { return path.substr(0, path.find('/', 1)); };
    if (!top.empty() && !is_inside && first(pattern) == first(top))
      return BadPattern{"is outside the work tree", kRelative};
    return BadPattern{"is an absolute path",
                      name == std::string_view::npos ? kRelative : rather(pattern.substr(name))};
  }
  const std::vector<std::string_view> segments = split(pattern, '/');
  if (std::find(segments.begin(), segments.end(), "..") != segments.end())
    return BadPattern{"leads out of a directory with '..'", kRelative};
  if (pattern.find('\\') != std::string_view::npos) {
    std::string form(pattern);
    std::replace(form.begin(), form.end(), '\\', '/');
    return BadPattern{"has a backslash, and directories are separated by '/'", rather(form)};
  }
  if (plain_patterns(pattern).size() <= kMostPatterns + 1) return std::nullopt;
  return BadPattern{"stands for more than " + std::to_string(kMostPatterns) + " patterns",
                    "write '*' for some of its alternatives, or several patterns instead"};
}

PathPattern::PathPattern(std::string written) : written_(std::move(written)) {
  for (const std::string& pattern : plain_patterns(written_)) {
    globs_.emplace_back(pattern);
    if (!pattern.empty() && !pattern.ends_with('/')) globs_.emplace_back(pattern + '/');
  }
}

bool matches_any(std::span<const PathPattern> patterns, std::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [path](const PathPattern& pattern) { return pattern.matches(path); });
}

}  // namespace gs::session
