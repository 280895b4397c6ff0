#include "workflow/pattern_advice.h"

#include <algorithm>
#include <set>
#include <span>

#include "base/text.h"
#include "git/command.h"
#include "session/path_pattern.h"

namespace gs::workflow {

namespace {

// One character more or fewer, or two in the other order, in a name that is long enough to tell:
// "a.c" and "b.c" are two files.
bool is_typing_error(std::string_view name, std::string_view meant) {
  constexpr std::size_t kShortest = 5;
  if (std::min(name.size(), meant.size()) < kShortest) return false;
  const auto [a, b] = std::mismatch(name.begin(), name.end(), meant.begin(), meant.end());
  if (name.size() == meant.size())
    return name.end() - a >= 2 && a[0] == b[1] && a[1] == b[0] &&
           std::equal(a + 2, name.end(), b + 2);
  const bool longer = name.size() == meant.size() + 1;
  if (!longer && name.size() + 1 != meant.size()) return false;
  const char odd = longer ? *a : *b;
  if (odd >= '0' && odd <= '9') return false;  // "part1.c", "part.c"
  return longer ? std::equal(a + 1, name.end(), b) : std::equal(a, name.end(), b + 1);
}

// The tracked files, and the directories that they are in.
class Tree {
 public:
  explicit Tree(const git::Repository& repository)
      : listing_(repository.git().output({"ls-files", "-z", "--full-name", ":/"})) {
    for (const std::string_view path : split(listing_, '\0')) {
      if (path.empty()) continue;
      files_.push_back(path);
      for (std::size_t slash = path.rfind('/'); slash != std::string_view::npos;
           slash = path.rfind('/', slash - 1)) {
        if (!directories_.insert(path.substr(0, slash)).second || slash == 0) break;
      }
    }
  }

  [[nodiscard]] bool has_directory(std::string_view path) const {
    return directories_.contains(path);
  }
  [[nodiscard]] bool has_match(const session::PathPattern& pattern) const {
    return std::any_of(files_.begin(), files_.end(),
                       [&](std::string_view file) { return pattern.matches(file); });
  }

  // A file or directory that is this one but for the given folding.
  template <class Fold>
  [[nodiscard]] std::string_view alike(std::string_view path, Fold fold) const {
    const std::string wanted = fold(path);
    for (const std::string_view directory : directories_)
      if (directory != path && fold(directory) == wanted) return directory;
    for (const std::string_view file : files_)
      if (file != path && fold(file) == wanted) return file;
    return {};
  }
  // A file of the same directory whose name differs by one typing error.
  [[nodiscard]] std::string_view mistyped(std::string_view path) const {
    const std::size_t name = path.rfind('/') + 1;
    for (const std::string_view file : files_) {
      if (file.rfind('/') + 1 == name && file.substr(0, name) == path.substr(0, name) &&
          is_typing_error(path.substr(name), file.substr(name)))
        return file;
    }
    return {};
  }
  // The only file of that name.
  [[nodiscard]] std::string_view elsewhere(std::string_view path) const {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    std::string_view found;
    for (const std::string_view file : files_) {
      if (file.substr(file.rfind('/') + 1) != name) continue;
      if (!found.empty()) return {};
      found = file;
    }
    return found;
  }
  // The only directory whose path ends so.
  [[nodiscard]] std::string_view directory_below(std::string_view path) const {
    const std::string end = "/" + std::string(path);
    std::string_view found;
    for (const std::string_view directory : directories_) {
      if (!directory.ends_with(end)) continue;
      if (!found.empty()) return {};
      found = directory;
    }
    return found;
  }
  // The directory whose path is nearest.
  [[nodiscard]] std::string_view near_directory(std::string_view path) const {
    const std::vector<std::string_view> all(directories_.begin(), directories_.end());
    return nearest(path, all);
  }

 private:
  std::string listing_;
  std::vector<std::string_view> files_;
  std::set<std::string_view> directories_;
};

// The part of a pattern before its first wildcard, without the segment that has it.
std::string_view literal_part(std::string_view pattern) {
  const std::size_t wildcard = pattern.find('*');
  if (wildcard == std::string_view::npos)
    return pattern.ends_with('/') ? pattern.substr(0, pattern.size() - 1) : pattern;
  const std::size_t slash = pattern.rfind('/', wildcard);
  return slash == std::string_view::npos ? std::string_view() : pattern.substr(0, slash);
}

std::string did_you_mean(std::string_view path, std::string_view end = "") {
  return "did you mean '" + quote_path(std::string(path) + std::string(end)) + "'?";
}

std::string near_miss(const Tree& tree, std::string_view pattern) {
  const std::string_view literal = literal_part(pattern);
  if (literal.empty() || tree.has_directory(literal)) return "";
  if (const auto same = tree.alike(literal, same_in_any_unicode_form); !same.empty())
    return "'" + quote_path(same) +
           "' is the same name in another Unicode form (composed or decomposed)";
  if (const auto same = tree.alike(literal, to_lower); !same.empty()) return did_you_mean(same);
  const bool is_file = literal == pattern;
  const std::size_t slash = literal.rfind('/');
  const std::string_view directory =
      !is_file ? literal : literal.substr(0, slash == std::string_view::npos ? 0 : slash);
  if (const auto near = is_file ? tree.mistyped(literal) : std::string_view(); !near.empty())
    return did_you_mean(near);
  // A new file in a directory that is there is nothing unusual.
  if (is_file && !directory.empty() && tree.has_directory(directory)) return "";
  if (const auto file = is_file ? tree.elsewhere(literal) : std::string_view(); !file.empty())
    return did_you_mean(file);
  if (const auto below = directory.empty() ? std::string_view() : tree.directory_below(directory);
      !below.empty())
    return did_you_mean(below, "/");
  if (const auto near = directory.empty() ? std::string_view() : tree.near_directory(directory);
      !near.empty())
    return did_you_mean(near, "/");
  return "";
}

}  // namespace

std::string describe(const PatternAdvice& advice) {
  return "the pattern '" + quote_path(advice.pattern) + "' " +
         (advice.unmatched ? "matches no file yet; " : "") + advice.advice;
}

std::vector<PatternAdvice> pattern_advice(const git::Repository& repository,
                                          const std::vector<std::string>& written) {
  std::vector<PatternAdvice> advice;
  if (written.empty()) return advice;
  const Tree tree(repository);
  // Each is held against every tracked file, and of more than these no person reads the advice.
  constexpr std::size_t kMost = 200;
  for (const std::string& text : std::span(written).first(std::min(written.size(), kMost))) {
    std::vector<std::string> plain = session::plain_patterns(text);
    if (plain.size() > 1) plain.pop_back();  // the name with the braces
    for (std::string& pattern : plain) {
      if (tree.has_directory(pattern)) pattern += '/';
    }
    if (const std::string read = join(plain, "', '"); read != text)
      advice.push_back({text, "is read as '" + quote_path(read) + "'", false});
    if (tree.has_match(session::PathPattern(text))) continue;
    for (const std::string& pattern : plain) {
      if (const std::string miss = near_miss(tree, pattern); !miss.empty())
        advice.push_back({pattern, miss});
    }
  }
  return advice;
}

}  // namespace gs::workflow
