#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>

#include "base/error.h"
#include "base/file/file.h"

namespace gs {

std::string follow_links(std::string path) {
  constexpr int kMaxLinks = 40;  // the kernel's limit
  const std::string start = path;
  for (int i = 0; i < kMaxLinks; ++i) {
    const std::optional<FileInfo> info = file_info(path);
    if (!info || info->type != FileType::Symlink) {
      return path;
    }
    const std::string target = read_symlink(path);
    path = path_from(parent_directory(path), target);
  }
  throw system_error("write", start, ELOOP);
}

namespace {

// A new file in its target's directory, removed unless it was renamed onto the target.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& target, unsigned mode) : target_(target) {
    do {
      path_ = join_path(parent_directory(target), new_temp_file_name());
      fd_ =
          UniqueFd(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    } while (!fd_.valid() && errno == EEXIST);
    if (!fd_.valid()) {
      throw system_error("write", target, errno);
    }
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!renamed_) {
      unlink(path_.c_str());
    }
  }

  void set_mode(mode_t mode) {
    if (fchmod(fd_.get(), mode) != 0) {
      throw system_error("set the mode of", target_, errno);
    }
  }

  void write(std::string_view content) {
    if (const int failure = write_fully(fd_.get(), content); failure != 0) {
      throw system_error("write", target_, failure);
    }
  }

  void sync() {
    if (fsync(fd_.get()) != 0) throw system_error("write", target_, errno);
  }
  void rename_to_target() {
    if (std::rename(path_.c_str(), target_.c_str()) != 0) {
      throw system_error("write", target_, errno);
    }
    renamed_ = true;
  }

 private:
  std::string target_;
  std::string path_;
  UniqueFd fd_;
  bool renamed_ = false;
};

enum class Durability { Synced, Unsynced };

void replace(const std::string& path, std::string_view content, unsigned mode,
             Durability durability) {
  const std::string target = follow_links(path);
  struct stat existing {};
  const bool exists = lstat(target.c_str(), &existing) == 0;
  TemporaryFile file(target, mode);
  if (exists) {
    file.set_mode(existing.st_mode & 07777U);
  }
  file.write(content);
  if (durability == Durability::Synced) file.sync();
  file.rename_to_target();
  if (durability == Durability::Synced) sync_directory_of(target);
}

}  // namespace

void write_file_atomically(const std::string& path, std::string_view content, unsigned mode) {
  replace(path, content, mode, Durability::Synced);
}

void write_file_unsynced(const std::string& path, std::string_view content, unsigned mode) {
  replace(path, content, mode, Durability::Unsynced);
}

void sync_files(const std::string& directory, const std::vector<std::string>& names) {
  constexpr std::size_t kFew = 3;
  const auto sync = [](const std::string& path, int flags, int (*wait)(int)) {
    const UniqueFd fd(open(path.c_str(), flags | O_CLOEXEC));
    if (!fd.valid() || wait(fd.get()) != 0) throw system_error("sync", path, errno);
  };
  if (names.size() > kFew) return sync(directory, O_RDONLY | O_DIRECTORY, syncfs);
  for (const std::string& name : names) sync(join_path(directory, name), O_RDONLY, fsync);
}

}  // namespace gs
