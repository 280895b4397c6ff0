#include "checks/shell/pathspec.h"

#include <algorithm>
#include <array>

#include "base/file/file.h"
#include "base/text.h"

namespace gs::checks {
namespace {

struct Pathspec {
  std::string_view pattern;
  bool from_top = false;
  bool excludes = false;
  bool is_literal = false;
  bool by_attribute = false;
};

void read_magic_word(std::string_view word, Pathspec& pathspec) {
  if (word == "top") pathspec.from_top = true;
  if (word == "exclude") pathspec.excludes = true;
  if (word == "literal") pathspec.is_literal = true;
  if (word.starts_with("attr:")) pathspec.by_attribute = true;
}

Pathspec parse_pathspec(std::string_view text) {
  Pathspec pathspec;
  pathspec.pattern = text;
  if (!text.starts_with(':')) return pathspec;
  if (text.starts_with(":(")) {
    const std::size_t end = text.find(')');
    if (end == std::string_view::npos) return pathspec;
    for (const std::string_view word : split(text.substr(2, end - 2), ',')) {
      read_magic_word(word, pathspec);
    }
    pathspec.pattern = text.substr(end + 1);
    return pathspec;
  }
  std::size_t at = 1;
  for (; at < text.size() && (text[at] == '/' || text[at] == '!' || text[at] == '^'); ++at) {
    (text[at] == '/' ? pathspec.from_top : pathspec.excludes) = true;
  }
  if (at < text.size() && text[at] == ':') ++at;
  pathspec.pattern = text.substr(at);
  return pathspec;
}

bool matches_any_name(std::string_view segment) {
  return segment.find('*') != std::string_view::npos &&
         segment.find_first_not_of("*?") == std::string_view::npos;
}

std::string_view without_wildcards_for_all(std::string_view pattern) {
  for (;;) {
    while (pattern.size() > 1 && pattern.ends_with('/')) pattern.remove_suffix(1);
    const std::size_t slash = pattern.rfind('/');
    const std::size_t start = slash == std::string_view::npos ? 0 : slash + 1;
    if (!matches_any_name(pattern.substr(start))) return pattern;
    pattern = pattern.substr(0, start);
  }
}

// The start of a word that the shell would replace.
std::string expand_start(std::string_view word, const ShellPlace& place) {
  struct Expansion {
    std::string_view written;
    const std::string& value;
  };
  const std::array<Expansion, 4> expansions{{{"$PWD", place.directory},
                                             {"${PWD}", place.directory},
                                             {"$()", place.substituted},
                                             {"``", place.substituted}}};
  for (const auto& [written, value] : expansions) {
    if (value.empty() || !word.starts_with(written)) continue;
    const std::string_view rest = word.substr(written.size());
    if (rest.empty() || rest.starts_with('/')) return value + std::string(rest);
  }
  return std::string(word);
}

bool covers(std::string_view path, std::string_view directory) {
  if (directory.empty() || path == "/") return !directory.empty();
  return directory.starts_with(path) &&
         (directory.size() == path.size() || directory[path.size()] == '/');
}

bool covers_all(const Pathspec& pathspec, const std::string& directory, const ShellPlace& place) {
  if (pathspec.by_attribute) return false;
  const std::string written = expand_start(pathspec.pattern, place);
  const std::string_view path =
      pathspec.is_literal ? std::string_view(written) : without_wildcards_for_all(written);
  const std::string& from = pathspec.from_top ? place.top : directory;
  const std::string absolute = normalize_path(path_from(from.empty() ? "/" : from, path));
  return covers(absolute, normalize_path(from)) || covers(absolute, normalize_path(place.top));
}

}  // namespace

bool cover_everything(std::span<const std::string_view> pathspecs, const std::string& directory,
                      const ShellPlace& place) {
  bool includes = false;
  for (const std::string_view text : pathspecs) {
    const Pathspec pathspec = parse_pathspec(text);
    if (pathspec.excludes) continue;
    includes = true;
    if (covers_all(pathspec, directory, place)) return true;
  }
  return !includes && !pathspecs.empty();  // all but what they exclude
}

}  // namespace gs::checks
