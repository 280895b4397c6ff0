#include "session/path_pattern.h"

#include <algorithm>

#include "base/text.h"

namespace gs::session {

namespace {

constexpr std::size_t kMostAlternatives = 1000;

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
  for (std::size_t begin = pattern.find('{'); begin != std::string_view::npos;
       begin = pattern.find('{', begin + 1)) {
    Braces braces{begin, 0, {}};
    std::size_t from = begin + 1;
    int depth = 1;
    for (std::size_t at = from; at < pattern.size() && depth > 0; ++at) {
      if (pattern[at] == '{') ++depth;
      if (pattern[at] == '}') --depth;
      if ((pattern[at] == ',' && depth == 1) || depth == 0) {
        braces.alternatives.push_back(pattern.substr(from, at - from));
        from = at + 1;
        braces.end = at + 1;
      }
    }
    if (depth == 0 && braces.alternatives.size() > 1) return braces;
  }
  return std::nullopt;
}

void expand(const std::string& pattern, std::vector<std::string>& expanded) {
  const auto braces = find_braces(pattern);
  if (!braces) {
    if (expanded.size() < kMostAlternatives) expanded.push_back(pattern);
    return;
  }
  for (const std::string_view alternative : braces->alternatives) {
    if (expanded.size() >= kMostAlternatives) return;
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
  expand(trimmed, patterns);
  if (patterns.size() > 1) patterns.push_back(trimmed);  // a name may have braces
  for (std::string& pattern : patterns) pattern = plain_segments(pattern);
  return patterns;
}

std::optional<BadPattern> bad_pattern(std::string_view written) {
  const std::string_view pattern = trim(written);
  if (pattern.empty()) return BadPattern{"is empty", ""};
  if (pattern.front() == '/') {
    const std::size_t name = pattern.find_first_not_of('/');
    return BadPattern{"is an absolute path",
                      name == std::string_view::npos ? "" : std::string(pattern.substr(name))};
  }
  const std::vector<std::string_view> segments = split(pattern, '/');
  if (std::find(segments.begin(), segments.end(), "..") != segments.end())
    return BadPattern{"leads out of a directory with '..'", ""};
  if (pattern.find('\\') == std::string_view::npos) return std::nullopt;
  std::string form(pattern);
  std::replace(form.begin(), form.end(), '\\', '/');
  return BadPattern{"has a backslash, and directories are separated by '/'", std::move(form)};
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
