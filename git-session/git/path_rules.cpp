#include "git/path_rules.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/dot_git.h"
#include "base/text.h"
#include "git/config/values.h"

namespace gs::git {
namespace {

constexpr std::string_view kModules = "gitmodules";

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
