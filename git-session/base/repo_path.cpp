#include "base/repo_path.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace gs {
namespace {

// Applies the segments of `path` to `stack`; false when ".." leaves the tree.
bool descend(std::vector<std::string_view>& stack, std::string_view path) {
  for (const std::string_view segment : split(path, '/')) {
    if (segment.empty() || segment == ".") {
      continue;
    }
    if (segment != "..") {
      stack.push_back(segment);
    } else if (stack.empty()) {
      return false;
    } else {
      stack.pop_back();
    }
  }
  return true;
}

// Removes the segments of `top` from the front of an absolute path; false if it is not below `top`.
bool make_relative(std::vector<std::string_view>& stack, std::string_view top) {
  std::vector<std::string_view> base;
  if (!descend(base, top) || base.size() > stack.size()) {
    return false;
  }
  const auto base_size = static_cast<std::ptrdiff_t>(base.size());
  if (!std::equal(base.begin(), base.end(), stack.begin())) {
    return false;
  }
  stack.erase(stack.begin(), stack.begin() + base_size);
  return true;
}

std::string join_segments(const std::vector<std::string_view>& segments) {
  std::string joined;
  for (const std::string_view segment : segments) {
    if (!joined.empty()) {
      joined += '/';
    }
    joined += segment;
  }
  return joined;
}

}  // namespace

std::optional<RepoPath> RepoPath::resolve(std::string_view path, std::string_view prefix,
                                          std::string_view top) {
  // An empty argument is an unset variable, not the whole directory.
  if (path.empty()) {
    return std::nullopt;
  }
  std::vector<std::string_view> stack;
  if (path.starts_with('/')) {
    if (!descend(stack, path) || !make_relative(stack, top)) {
      return std::nullopt;
    }
  } else if (!descend(stack, prefix) || !descend(stack, path)) {
    return std::nullopt;
  }
  return RepoPath(join_segments(stack));
}

std::string_view RepoPath::name() const {
  const std::size_t slash = bytes_.rfind('/');
  return std::string_view(bytes_).substr(slash == std::string::npos ? 0 : slash + 1);
}

std::string_view RepoPath::parent() const {
  const std::size_t slash = bytes_.rfind('/');
  return std::string_view(bytes_).substr(0, slash == std::string::npos ? 0 : slash);
}

bool RepoPath::is_below(const RepoPath& directory) const {
  if (directory.empty()) {
    return !empty();
  }
  return bytes_.size() > directory.bytes_.size() + 1 && bytes_.starts_with(directory.bytes_) &&
         bytes_[directory.bytes_.size()] == '/';
}

std::string RepoPath::quoted() const {
  return quote_path(bytes_);
}

FilePlace FilePlace::at(std::string absolute, std::string_view top) {
  if (auto inside = RepoPath::resolve(absolute, "", top)) return *inside;
  return outside(std::move(absolute));
}

FilePlace FilePlace::outside(std::string absolute) {
  FilePlace place;
  place.bytes_ = std::move(absolute);
  return place;
}

FilePlace FilePlace::in_vault(const std::string& root, const RepoPath& path) {
  FilePlace place = outside(root + "/" + path.bytes());
  place.root_size_ = root.size();
  return place;
}

std::optional<std::string> FilePlace::root() const {
  return root_size_ > 0 ? std::optional(bytes_.substr(0, root_size_)) : std::nullopt;
}

std::optional<FilePlace> FilePlace::parent() const {
  const std::size_t slash = bytes_.rfind('/');
  if (slash == std::string::npos || slash <= root_size_) return std::nullopt;
  FilePlace above = *this;
  above.bytes_.resize(slash);
  return above;
}

std::optional<RepoPath> FilePlace::inside() const {
  return inside_ ? std::optional(RepoPath(bytes_)) : std::nullopt;
}

std::string FilePlace::absolute(std::string_view top) const {
  return inside_ ? std::string(top) + "/" + bytes_ : bytes_;
}

FilePlace FilePlace::child(std::string_view name) const {
  FilePlace child = *this;
  child.bytes_ += '/';
  child.bytes_ += name;
  return child;
}

std::string_view FilePlace::name() const {
  return std::string_view(bytes_).substr(bytes_.rfind('/') + 1);
}

std::string FilePlace::quoted() const {
  return quote_path(bytes_);
}

std::string FilePlace::shown() const {
  return inside_ ? quoted() : quote_path(name());
}

}  // namespace gs
