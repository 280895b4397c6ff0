#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gs {

// A path relative to the top of the work tree, as git stores it: bytes, '/' between segments, never
// absolute, without ".", ".." and empty segments. The empty path is the top itself.
class RepoPath {
 public:
  RepoPath() = default;
  // From git's output or the index; not checked.
  explicit RepoPath(std::string bytes) : bytes_(std::move(bytes)) {}
  // `path` as typed in the directory `prefix` (relative to the top, "" or "dir/"): resolves "." and
  // "..", absent when it leaves the tree or is absolute and not below `top` (absolute).
  [[nodiscard]] static std::optional<RepoPath> resolve(std::string_view path,
                                                       std::string_view prefix,
                                                       std::string_view top);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] std::string_view name() const;                   // last segment
  [[nodiscard]] std::string_view parent() const;                 // "" at the top; no trailing '/'
  [[nodiscard]] bool is_below(const RepoPath& directory) const;  // strictly
  [[nodiscard]] std::string quoted() const;                      // git's quoted form, for messages

  auto operator<=>(const RepoPath&) const = default;  // NOLINT(modernize-use-nullptr): misread

 private:
  std::string bytes_;
};

// A file or directory of the work tree, or one outside it.
class FilePlace {
 public:
  FilePlace() = default;
  FilePlace(const RepoPath& inside) : inside_(true), bytes_(inside.bytes()) {}
  // `absolute` is inside if it is below `top`.
  [[nodiscard]] static FilePlace at(std::string absolute, std::string_view top);
  [[nodiscard]] static FilePlace outside(std::string absolute);
  // In a vault outside the tree: `root` (absolute) is the user's, what is below it is not.
  [[nodiscard]] static FilePlace in_vault(const std::string& root, const RepoPath& path);

  [[nodiscard]] std::optional<RepoPath> inside() const;   // absent: outside
  [[nodiscard]] std::optional<std::string> root() const;  // of its vault, if it is in one
  [[nodiscard]] std::string absolute(std::string_view top) const;
  // Relative to the top if inside, else absolute.
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] FilePlace child(std::string_view name) const;  // "name" or "directory/name"
  // Absent at the top of the tree or vault.
  [[nodiscard]] std::optional<FilePlace> parent() const;
  [[nodiscard]] std::string_view name() const;  // last segment
  [[nodiscard]] std::string quoted() const;     // the same, for messages
  // For a screen, where the way to a file outside says nothing: its name alone.
  [[nodiscard]] std::string shown() const;

  auto operator<=>(const FilePlace&) const = default;  // NOLINT(modernize-use-nullptr): misread

 private:
  bool inside_ = false;
  std::size_t root_size_ = 0;  // of the vault's path at the beginning of `bytes_`
  std::string bytes_;
};

}  // namespace gs

template <>
struct std::hash<gs::RepoPath> {
  std::size_t operator()(const gs::RepoPath& path) const noexcept {
    return std::hash<std::string>{}(path.bytes());
  }
};
