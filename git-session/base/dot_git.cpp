#include "base/dot_git.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/ascii.h"
#include "base/text.h"

namespace gs {
namespace {

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

}  // namespace

bool starts_with_ignoring_case(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() && to_lower(text.substr(0, lower.size())) == lower;
}

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

bool is_hfs_name(std::string_view name, std::string_view lower) {
  for (const char wanted : lower) {
    skip_ignored(name);
    if (name.empty() || to_lower(name.substr(0, 1))[0] != wanted) return false;
    name.remove_prefix(1);
  }
  skip_ignored(name);
  return name.empty() || name.front() == '/' || !begins_with_a_character(name);
}

bool is_dot_git(std::string_view segment) {
  if (is_hfs_name(segment, ".git")) return true;
  const std::vector<std::string_view> parts = split(segment, '\\');
  return std::any_of(parts.begin(), parts.end(), is_ntfs_git);
}

}  // namespace gs
