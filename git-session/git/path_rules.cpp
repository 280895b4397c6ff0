#include "git/path_rules.h"

#include <algorithm>
#include <cstdint>

#include "base/ascii.h"
#include "base/text.h"
#include "git/config/values.h"

namespace gs::git {
namespace {

constexpr std::string_view kModules = "gitmodules";

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && to_lower(text.substr(0, lower.size())) == lower;
}

// NTFS drops spaces and dots at the end of a name; a stream of the file follows ':'.
bool ends_for_ntfs(std::string_view rest, std::string_view separators) {
  const std::size_t end = rest.find_first_not_of(". ");
  return end == std::string_view::npos || separators.find(rest[end]) != std::string_view::npos;
}

bool is_ntfs_git(std::string_view name) {
  for (const std::string_view known : {".git", "git~1"}) {
    if (starts_with_ignoring_case(name, known)) {
      return ends_for_ntfs(name.substr(known.size()), "\\/:");
    }
  }
  return false;
}

// The fallback short name on NTFS: "gi7eba~1", "gi7eb~12", … in eight characters.
bool is_ntfs_hashed_short_name(std::string_view name) {
  constexpr std::string_view kPrefix = "gi7eba";
  constexpr std::size_t kSize = 8;
  if (name.size() < kSize) return false;
  const std::size_t tilde = name.substr(0, kSize - 1).find('~');
  if (tilde == std::string_view::npos || name[tilde + 1] == '0') return false;
  return to_lower(name.substr(0, tilde)) == kPrefix.substr(0, tilde) &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(tilde) + 1, name.begin() + kSize,
                     is_digit);
}

bool is_ntfs_modules(std::string_view name) {
  constexpr std::size_t kShortSize = 8;
  if (name.starts_with('.') && starts_with_ignoring_case(name.substr(1), kModules)) {
    return ends_for_ntfs(name.substr(1 + kModules.size()), ":");
  }
  const bool is_short = name.size() >= kShortSize && starts_with_ignoring_case(name, "gitmod~") &&
                        name[kShortSize - 1] >= '1' && name[kShortSize - 1] <= '4';
  return (is_short || is_ntfs_hashed_short_name(name)) &&
         ends_for_ntfs(name.substr(kShortSize), ":");
}

// HFS+ ignores these: joiners, direction marks, the byte order mark.
std::size_t size_of_ignored(std::string_view text) {
  if (text.size() < 3) return 0;
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto in = [&](std::uint8_t low, std::uint8_t high) {
    return at(2) >= low && at(2) <= high;
  };
  const bool ignored = (at(0) == 0xe2 && at(1) == 0x80 && (in(0x8c, 0x8f) || in(0xaa, 0xae))) ||
                       (at(0) == 0xe2 && at(1) == 0x81 && in(0xaa, 0xaf)) ||
                       (at(0) == 0xef && at(1) == 0xbb && at(2) == 0xbf);
  return ignored ? 3 : 0;
}

void skip_ignored(std::string_view& text) {
  while (const std::size_t size = size_of_ignored(text)) text.remove_prefix(size);
}

bool begins_with_a_character(std::string_view text) {
  constexpr std::size_t kLongest = 4;
  for (std::size_t size = 1; size <= std::min(kLongest, text.size()); ++size) {
    if (is_utf8(text.substr(0, size))) return true;
  }
  return false;
}

bool is_hfs_name(std::string_view name, std::string_view lower) {
  for (const char wanted : lower) {
    skip_ignored(name);
    if (name.empty() || to_lower(name.substr(0, 1))[0] != wanted) return false;
    name.remove_prefix(1);
  }
  skip_ignored(name);
  return name.empty() || name.front() == '/' || !begins_with_a_character(name);
}

// Names that git refuses in any configuration. `rest` begins with the segment.
bool is_forbidden_anywhere(std::string_view rest, FileMode mode) {
  const std::size_t slash = rest.find('/');
  const std::string name = to_lower(rest.substr(0, slash));
  if (name.empty() || name == "." || name == ".." || name == ".git") return true;
  return mode == FileMode::Symlink && name == ".gitmodules";
}

bool is_on(const std::vector<ConfigValue>& configuration, const char* key, bool otherwise) {
  const auto value = last_value(configuration, key);
  return value ? parse_bool(*value).value_or(otherwise) : otherwise;
}

#ifdef __APPLE__
constexpr bool kProtectsHfs = true;
#else
constexpr bool kProtectsHfs = false;
#endif

}  // namespace

PathRules::PathRules(const std::vector<ConfigValue>& configuration)
    : protects_ntfs_(is_on(configuration, "core.protectntfs", true)),
      protects_hfs_(is_on(configuration, "core.protecthfs", kProtectsHfs)) {}

bool PathRules::allow(std::string_view path, FileMode mode) const {
  const bool is_link = mode == FileMode::Symlink;
  bool begins = true;
  for (std::size_t at = 0; at <= path.size(); ++at) {
    const std::string_view rest = path.substr(at);
    if (begins) {
      if (is_forbidden_anywhere(rest, mode)) return false;
      if (protects_hfs_ &&
          (is_hfs_name(rest, ".git") || (is_link && is_hfs_name(rest, ".gitmodules")))) {
        return false;
      }
    }
    // On NTFS a backslash separates segments, too.
    const bool begins_on_ntfs = begins || (at > 0 && path[at - 1] == '\\');
    if (begins_on_ntfs && protects_ntfs_ &&
        (is_ntfs_git(rest) || (is_link && is_ntfs_modules(rest)))) {
      return false;
    }
    begins = at < path.size() && path[at] == '/';
  }
  return true;
}

std::optional<std::string> PathRules::refusal(std::string_view path, FileMode mode) const {
  if (allow(path, mode)) return std::nullopt;
  return allow(path, FileMode::Regular) ? "git refuses a symbolic link of this name"
                                        : "git refuses this name";
}

}  // namespace gs::git
