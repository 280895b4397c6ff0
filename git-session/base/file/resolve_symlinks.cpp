#include <unistd.h>

#include <array>
#include <climits>
#include <utility>
#include <vector>

#include "base/file/file.h"
#include "base/text.h"

namespace gs {
namespace {

constexpr int kMaxLinks = 40;  // the kernel's limit

void push_reversed(std::vector<std::string>& pending, std::string_view path) {
  const std::vector<std::string_view> segments = split(path, '/');
  for (auto segment = segments.rbegin(); segment != segments.rend(); ++segment) {
    if (!segment->empty() && *segment != ".") pending.emplace_back(*segment);
  }
}

void go_up(std::string& path) {
  path.erase(path.empty() ? 0 : path.rfind('/'));
}

// The target of a link; absent if it is not a link.
std::optional<std::string> link_target(const std::string& path) {
  std::array<char, PATH_MAX> target{};
  const ssize_t length = readlink(path.c_str(), target.data(), target.size());
  if (length < 0) return std::nullopt;
  return std::string(target.data(), static_cast<std::size_t>(length));
}

}  // namespace

std::optional<std::string> resolve_symlinks(std::string_view path) {
  std::vector<std::string> pending;  // last first
  push_reversed(pending, path);
  std::string reached;
  int links = 0;
  while (!pending.empty()) {
    const std::string segment = std::move(pending.back());
    pending.pop_back();
    if (segment == "..") {
      go_up(reached);
      continue;
    }
    std::string next = reached;
    next.append(1, '/').append(segment);
    const auto target = link_target(next);
    if (!target) {
      reached = std::move(next);
      continue;
    }
    if (++links > kMaxLinks) return std::nullopt;
    if (target->starts_with('/')) reached.clear();
    push_reversed(pending, *target);
  }
  return reached.empty() ? "/" : reached;
}

std::string normalize_path(std::string_view path) {
  std::string tidy;
  for (const std::string_view segment : split(path, '/')) {
    if (segment == "..") {
      go_up(tidy);
    } else if (!segment.empty() && segment != ".") {
      tidy += '/';
      tidy += segment;
    }
  }
  return tidy.empty() ? "/" : tidy;
}

}  // namespace gs
