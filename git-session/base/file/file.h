#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

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
  Timestamp modified;      // its content
};
// lstat(2): never follows a link. Absent when there is nothing (ENOENT, ENOTDIR).
[[nodiscard]] std::optional<FileInfo> file_info(const std::string& path);
// The same of a name in an open directory.
[[nodiscard]] std::optional<FileInfo> file_info_at(int directory, const std::string& name);
// When the content of a file (of what a symlink leads to) last changed; absent if stat(2) fails.
[[nodiscard]] std::optional<Timestamp> modified_at(const std::string& path);
// Absent when there is no such file; throws on any other failure.
[[nodiscard]] std::optional<std::string> read_file_if_exists(const std::string& path);
[[nodiscard]] std::string read_file(const std::string& path);
struct BoundedInput {
  enum class End { Complete, TooLarge, TooSlow, Failed };
  std::string text;
  End end = End::Complete;
};
// Reads a descriptor to its end, at most `limit` bytes and for at most `patience` in total.
[[nodiscard]] BoundedInput read_bounded(int fd, std::size_t limit,
                                        std::chrono::milliseconds patience);
[[nodiscard]] std::string read_symlink(const std::string& path);  // the target's bytes
[[nodiscard]] std::string read_symlink_at(int directory, const std::string& name);
// Names in a directory, sorted, without "." and ".."; empty when there is no such directory.
[[nodiscard]] std::vector<std::string> list_directory(const std::string& path);
void make_directories(const std::string& path);  // mkdir -p, with fsync of each parent
// rename(2), with fsync of both directories. `to` must not exist.
void move_path(const std::string& from, const std::string& to);
void remove_file(const std::string& path);  // no error when absent; fsync of the directory
void remove_tree(const std::string& path);  // rm -r; no error when absent; never follows links
[[nodiscard]] std::string join_path(std::string_view directory, std::string_view name);
// `path` relative to `directory`; an absolute one is unchanged.
[[nodiscard]] std::string path_from(std::string_view directory, std::string_view path);
// The directory that holds `path`; "." for a bare name.
[[nodiscard]] std::string parent_directory(std::string_view path);
[[nodiscard]] std::string real_path(const std::string& path);  // realpath(3); throws when absent
// Where opening an absolute path for writing leads: every symbolic link followed, the last one too.
// The file and the directories on the way need not exist; missing ones are taken literally. Absent
// when the links form a loop.
[[nodiscard]] std::optional<std::string> resolve_symlinks(std::string_view path);
// An absolute path without ".", ".." and empty segments; by its text alone, links are not read.
[[nodiscard]] std::string normalize_path(std::string_view path);
// The file to replace: the target if `path` is a symlink, whether or not it exists.
[[nodiscard]] std::string follow_links(std::string path);

// Replaces or creates `path` so that readers see the old content or the new, even after a power
// failure: temporary file in the same directory, fsync, rename, fsync of the directory.
// Keeps the mode of an existing file (a new one gets `mode` less the umask). A symlink is followed:
// its target is replaced.
void write_file_atomically(const std::string& path, std::string_view content, unsigned mode = 0666);

// As above, but a power failure may lose all or part of it until `sync_files`.
void write_file_unsynced(const std::string& path, std::string_view content, unsigned mode = 0666);
// Syncs these files of one directory; more than a few with a single call (syncfs).
void sync_files(const std::string& directory, const std::vector<std::string>& names);

// Appends whole lines under an exclusive lock on the file; creates file and directories. A torn
// last line (without "\n") left by another writer is ended first, never overwritten. `lines` must
// end in "\n".
void append_lines(const std::string& path, std::string_view lines);
// The same for a name in an open directory, without following a link; `shown`: for messages.
void append_lines_at(int directory, const std::string& name, std::string_view lines,
                     const std::string& shown);

// fsync of the directory that holds `path`, so that a created, renamed or removed entry lasts.
void sync_directory_of(const std::string& path);
void sync_directory(int directory);  // one opened in any way
// Writes all of `content`, in as many writes as needed; 0 or the errno of the write that failed.
[[nodiscard]] int write_fully(int fd, std::string_view content);

// A name that no other process gives to a file: ".git-session-PID-NUMBER.tmp".
[[nodiscard]] std::string new_temp_file_name();
[[nodiscard]] bool is_temp_file_name(std::string_view name);
[[nodiscard]] bool is_of_dead_process(std::string_view temp_file_name);
// Removes the temporary files that killed processes left in a directory (write_file_atomically);
// those of live processes stay. A missing directory is not an error.
void remove_stale_temp_files(const std::string& directory);

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
