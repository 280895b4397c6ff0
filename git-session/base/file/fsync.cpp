#include "base/file/fsync.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/file/file.h"

namespace gs {

std::string parent_directory(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) {
    path.remove_suffix(1);
  }
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return ".";
  }
  return std::string(path.substr(0, slash == 0 ? 1 : slash));
}

void sync_directory_of(const std::string& path) {
  const std::string directory = parent_directory(path);
  const UniqueFd fd(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot sync a directory (EINVAL, ENOTSUP), and a directory that may be
  // written but not read cannot be opened (EACCES): the change itself has been made.
  if (fd.valid() && fsync(fd.get()) != 0 && (errno == EIO || errno == ENOSPC)) {
    throw system_error("sync", directory, errno);
  }
}

int write_fully(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(fd, content.data(), content.size());
    if (count >= 0) {
      content.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace gs
