#include "base/glob.h"

#include <algorithm>
#include <utility>

namespace gs {

Glob::Glob(std::string pattern, Question question) : pattern_(std::move(pattern)) {
  const bool one = question == Question::OneCharacter;
  literal_length_ = pattern_.ends_with('/')
                        ? pattern_.size()
                        : std::min(pattern_.find_first_of(one ? "*?" : "*"), pattern_.size());
  for (std::string_view rest = std::string_view(pattern_).substr(literal_length_); !rest.empty();) {
    if (rest.starts_with("**/")) {
      steps_.push_back({Kind::Directories, '\0'});
      steps_.push_back({Kind::InDirectories, '\0'});
      rest.remove_prefix(3);
    } else if (rest.starts_with("**")) {
      steps_.push_back({Kind::Anything, '\0'});
      rest.remove_prefix(2);
    } else {
      const Kind kind = rest[0] == '*'          ? Kind::Star
                        : one && rest[0] == '?' ? Kind::One
                                                : Kind::Character;
      steps_.push_back({kind, rest[0]});
      rest.remove_prefix(1);
    }
  }
}

// A wildcard may match nothing, so the step after it is reached too.
void Glob::follow_empty_matches(std::vector<char>& reached) const {
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (reached[i] == 0) {
      continue;
    }
    const Kind kind = steps_[i].kind;
    if (kind == Kind::Star || kind == Kind::Anything) {
      reached[i + 1] = 1;
    } else if (kind == Kind::Directories) {
      reached[i + 1] = 1;
      reached[i + 2] = 1;
    }
  }
}

bool Glob::matches(std::string_view path) const {
  if (pattern_.empty() ||
      !path.starts_with(std::string_view(pattern_).substr(0, literal_length_))) {
    return false;
  }
  if (pattern_.ends_with('/')) {
    return true;
  }
  path.remove_prefix(literal_length_);
  // Follows every way to match at once: reached[i] says that steps [0, i) can match the part of the
  // path that has been read.
  std::vector<char> reached(steps_.size() + 1, 0);
  std::vector<char> next(steps_.size() + 1, 0);
  reached[0] = 1;
  for (const char c : path) {
    follow_empty_matches(reached);
    std::fill(next.begin(), next.end(), '\0');
    bool alive = false;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (reached[i] == 0) {
        continue;
      }
      const Kind kind = steps_[i].kind;
      const bool stays =
          kind == Kind::Anything || kind == Kind::InDirectories || (kind == Kind::Star && c != '/');
      const bool advances = (kind == Kind::Character && steps_[i].character == c) ||
                            (kind == Kind::One && c != '/') ||
                            (kind == Kind::InDirectories && c == '/');
      if (stays) {
        next[i] = 1;
      }
      if (advances) {
        next[i + 1] = 1;
      }
      alive = alive || stays || advances;
    }
    if (!alive) {
      return false;
    }
    reached.swap(next);
  }
  follow_empty_matches(reached);
  return reached[steps_.size()] != 0;
}

bool matches_any(std::span<const Glob> globs, std::string_view path) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const Glob& glob) { return glob.matches(path); });
}

}  // namespace gs
