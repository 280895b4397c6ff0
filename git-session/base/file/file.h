#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Files by absolute or working-directory-relative path (bytes). Nothing here follows git's rules.
namespace gs {

// Owns a file descriptor.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept;
  UniqueFd(const UniqueFd&) = delete;
  UniqueFd& operator=(const UniqueFd&) = delete;
  ~UniqueFd();

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool valid() const { return fd_ >= 0; }
  void close();                                                   // idempotent
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }  // the caller closes it

 private:
  int fd_ = -1;
};

enum class FileType { Regular, Executable, Symlink, Directory, Other };
struct FileInfo {
  FileType type = FileType::Other;
  std::uint64_t size = 0;  // bytes
};
// lstat(2): never follows a link. Absent when there is nothing (ENOENT, ENOTDIR).
[[nodiscard]] std::optional<FileInfo> file_info(const std::string& path);
// Absent when there is no such file; throws on any other failure.
[[nodiscard]] std::optional<std::string> read_file_if_exists(const std::string& path);
[[nodiscard]] std::string read_file(const std::string& path);
[[nodiscard]] std::string read_symlink(const std::string& path);  // the target's bytes
// Names in a directory, sorted, without "." and ".."; empty when there is no such directory.
[[nodiscard]] std::vector<std::string> list_directory(const std::string& path);
void make_directories(const std::string& path);  // mkdir -p, then fsync of what was created in
void remove_file(const std::string& path);       // no error when absent; fsync of the directory
void remove_tree(const std::string& path);       // rm -r; no error when absent; never follows links
[[nodiscard]] std::string join_path(std::string_view directory, std::string_view name);
// A path as a process in `directory` means it: an absolute one as it is.
[[nodiscard]] std::string path_from(std::string_view directory, std::string_view path);
[[nodiscard]] std::string real_path(const std::string& path);  // realpath(3); throws when absent

// Replaces or creates `path` so that a reader, and a machine that loses power, sees the old content
// or the new one: temporary file in the same directory, fsync, rename, fsync of the directory.
// Keeps the mode of an existing file (a new one gets `mode` less the umask). A symlink is followed:
// its target is replaced.
void write_file_atomically(const std::string& path, std::string_view content, unsigned mode = 0666);

// As above, but a machine that loses power may forget it, or part of it, until `sync_files`.
void write_file_unsynced(const std::string& path, std::string_view content, unsigned mode = 0666);
// What these files of one directory hold lasts from here on; for more than a few it is one wait.
void sync_files(const std::string& directory, const std::vector<std::string>& names);

// Appends whole lines under an exclusive lock on the file; creates file and directories. A torn
// last line (without "\n") left by another writer is ended first, never overwritten. `lines` must
// end in "\n".
void append_lines(const std::string& path, std::string_view lines);

// A directory that is removed with everything in it at the end of scope.
class TemporaryDirectory {
 public:
  explicit TemporaryDirectory(const std::string& parent = "");  // "": TMPDIR or /tmp
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace gs
