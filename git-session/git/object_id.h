#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gs::git {

// A SHA-1 object name. Default: the null id (all zeros).
class ObjectId {
 public:
  static constexpr std::size_t kSize = 20;

  ObjectId() = default;
  explicit ObjectId(const std::array<std::uint8_t, kSize>& bytes) : bytes_(bytes) {}
  [[nodiscard]] static std::optional<ObjectId> parse(std::string_view hex);  // exactly 40 digits

  [[nodiscard]] bool is_null() const { return *this == ObjectId{}; }
  [[nodiscard]] std::string hex() const;
  [[nodiscard]] std::string abbreviated() const { return hex().substr(0, 10); }
  [[nodiscard]] const std::array<std::uint8_t, kSize>& bytes() const { return bytes_; }

  auto operator<=>(const ObjectId&) const = default;

 private:
  std::array<std::uint8_t, kSize> bytes_{};
};

// File modes as trees and the index hold them (git's octal values).
enum class FileMode : std::uint32_t {
  None = 0,
  Tree = 0040000,
  Regular = 0100644,
  Executable = 0100755,
  Symlink = 0120000,
  Gitlink = 0160000,
};
[[nodiscard]] std::string format_mode(FileMode mode);  // "100644"

// The entry at a path in a tree or the index.
struct TreeEntry {
  FileMode mode = FileMode::None;
  ObjectId oid;

  [[nodiscard]] bool present() const { return mode != FileMode::None; }
  [[nodiscard]] bool is_file() const {
    return mode == FileMode::Regular || mode == FileMode::Executable;
  }
  auto operator<=>(const TreeEntry&) const = default;
};

// Paths and contents are bytes and JSON is text: hex preserves every byte.
[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string from_hex(std::string_view hex);  // reverses to_hex

}  // namespace gs::git
