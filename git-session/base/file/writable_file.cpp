#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/error.h"
#include "base/file/tree_files.h"

namespace gs {

std::optional<unsigned> WritableFile::mode() const {
  struct stat status {};
  if (fstatat(directory(), name_.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) return std::nullopt;
    throw system_error("write", shown_, errno);
  }
  if (S_ISLNK(status.st_mode)) {
    throw fatal("'" + shown_ + "' is a symbolic link, which is not followed")
        .with_hint("put the file itself there");
  }
  if (!S_ISREG(status.st_mode)) throw fatal("'" + shown_ + "' is not a regular file");
  return status.st_mode & 07777U;
}

void WritableFile::write(std::string_view content) const {
  const std::optional<unsigned> existing = mode();
  const std::string temporary = new_temp_file_name();
  const UniqueFd fd(openat(directory(), temporary.c_str(),
                           O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
  int failure = fd.valid() ? 0 : errno;
  if (failure == 0 && existing && fchmod(fd.get(), *existing) != 0) failure = errno;
  if (failure == 0) failure = write_fully(fd.get(), content);
  if (failure == 0 && fsync(fd.get()) != 0) failure = errno;
  if (failure == 0 && renameat(directory(), temporary.c_str(), directory(), name_.c_str()) != 0)
    failure = errno;
  if (failure != 0) {
    if (fd.valid()) unlinkat(directory(), temporary.c_str(), 0);
    throw system_error("write", shown_, failure);
  }
  sync_directory();
}

void WritableFile::append(std::string_view lines) const {
  (void)mode();
  append_lines_at(directory(), name_, lines, shown_);
}

void WritableFile::remove() const {
  if (unlinkat(directory(), name_.c_str(), 0) == 0) {
    sync_directory();
  } else if (errno != ENOENT) {
    throw system_error("remove", shown_, errno);
  }
}

void WritableFile::sync_directory() const {
  gs::sync_directory(directory());
}

}  // namespace gs
