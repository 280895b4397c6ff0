#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/walk.h"
#include "base/repo_path.h"

namespace gs {

// The largest file of each kind that is read, in bytes.
enum class FileLimit : std::uint64_t {
  Text = 1U << 20U,      // state, configuration, plan, scope, policy, issue
  Note = 16U << 20U,     // notes and documents
  Records = 64U << 20U,  // append-only logs
  Large = 256U << 20U,   // work, and logs that are read line by line
};

// A file that is to be written: its directory, opened, and its name there. Whatever is put in the
// place of the directory afterwards is not written to.
class WritableFile {
 public:
  WritableFile(UniqueFd directory, std::string name, std::string directory_path, std::string shown)
      : directory_(std::move(directory)),
        name_(std::move(name)),
        directory_path_(std::move(directory_path)),
        shown_(std::move(shown)) {}

  [[nodiscard]] int directory() const { return directory_.get(); }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& directory_path() const { return directory_path_; }
  [[nodiscard]] const std::string& shown() const { return shown_; }  // for messages

  // The mode of the file, absent if there is none. Throws unless it is a regular file.
  [[nodiscard]] std::optional<unsigned> mode() const;
  // As write_file_atomically, with the temporary file in the same directory.
  void write(std::string_view content) const;
  void append(std::string_view lines) const;  // as append_lines
  void remove() const;                        // no error when absent; never a directory
  void sync_directory() const;

 private:
  UniqueFd directory_;
  std::string name_;
  std::string directory_path_;
  std::string shown_;
};

// The one door to the files of a work tree, or of a vault. No symbolic link is followed in any
// segment of a path, only regular files are read and written, and no path leads into a directory
// that some file system takes for ".git": what lies in a tree was put there by whoever wrote the
// repository. All functions throw an Error that names the path where that refuses one. A place
// outside the tree is the program's or the user's own, and an ordinary file.
class TreeFiles {
 public:
  explicit TreeFiles(const std::string& top);  // absolute
  // A directory of this tree as a tree of its own.
  [[nodiscard]] TreeFiles below(const RepoPath& directory) const;
  [[nodiscard]] bool exists() const { return fd_->valid(); }  // the top

  // Absent when there is no such file. A refused link counts as absent only if there is nothing
  // behind it.
  [[nodiscard]] std::optional<std::string> read(const FilePlace& place,
                                                FileLimit limit = FileLimit::Text) const;
  // Each line of such a file without its "\n"; of a line of more than 1 MiB only that much. What
  // `see` gets is valid until it returns.
  void each_line(const FilePlace& place, const std::function<void(std::string_view)>& see,
                 FileLimit limit = FileLimit::Large) const;
  // As `read`, but the file may be a link to another one of the tree (CLAUDE.md to AGENTS.md).
  [[nodiscard]] std::optional<std::string> read_linked(const RepoPath& path,
                                                       FileLimit limit = FileLimit::Text) const;
  // The file that such a link leads to, the path itself if it is none; absent if there is nothing.
  [[nodiscard]] std::optional<RepoPath> follow(const RepoPath& path) const;

  [[nodiscard]] std::string read_link(const RepoPath& path) const;  // the target's bytes

  // lstat(2); absent as for `read`.
  [[nodiscard]] std::optional<FileInfo> info(const FilePlace& place) const;
  [[nodiscard]] bool is_file(const FilePlace& place) const;
  [[nodiscard]] bool is_directory(const FilePlace& place) const;
  // Sorted; empty when there is no such directory.
  [[nodiscard]] std::vector<std::string> list(const FilePlace& directory) const;
  [[nodiscard]] Walk walk(const RepoPath& directory,
                          const std::function<bool(std::string_view name)>& enters) const;

  // For writing. Makes missing directories; refuses one that is a repository of its own.
  [[nodiscard]] WritableFile entry(const FilePlace& place) const;
  void append(const FilePlace& place, std::string_view lines) const;
  void remove(const FilePlace& place) const;  // no error when absent
  // Removes the directories of that place, up to the first that is not empty.
  void remove_empty_directories(const FilePlace& place) const;

 private:
  [[nodiscard]] int open(const RepoPath& path, int flags) const;
  [[nodiscard]] UniqueFd open_or_throw(const RepoPath& path, int flags, const char* action) const;
  [[nodiscard]] std::optional<WritableFile> find_entry(const FilePlace& place, bool make) const;
  [[nodiscard]] bool leads_nowhere(const RepoPath& path) const;
  [[nodiscard]] Error failure(const RepoPath& path, const char* action, int error_number) const;

  std::string top_;
  std::shared_ptr<const UniqueFd> fd_;  // of the top
};

}  // namespace gs
