#include "base/file/open_beneath.h"

#include <fcntl.h>
#include <sys/stat.h>
#ifdef __linux__
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string_view>
#include <vector>

#include "base/file/file.h"
#include "base/text.h"

namespace gs {

#ifdef O_PATH
const int kOpenDirectory = O_PATH | O_DIRECTORY | O_CLOEXEC;
#else
const int kOpenDirectory = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
#endif

namespace {

// A link that is opened as a directory gives ENOTDIR, or its system's own number.
int open_segment(int directory, const std::string& name, int flags, mode_t mode) {
  const int fd = openat(directory, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC, mode);
  if (fd >= 0) return fd;
  const int failure = errno;
  struct stat status {};
  const bool is_link = fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                       S_ISLNK(status.st_mode);
  errno = is_link ? ELOOP : failure;
  return -1;
}

#ifdef SYS_openat2
// Absent where the kernel or a sandbox has no such call.
std::optional<int> open_by_kernel(int top, const std::string& path, int flags, mode_t mode) {
  static std::atomic<bool> is_missing{false};
  if (is_missing) return std::nullopt;
  open_how how{};
  how.flags = static_cast<unsigned>(flags | O_CLOEXEC);
  how.mode = (flags & O_CREAT) != 0 ? mode : 0;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const auto fd = static_cast<int>(syscall(SYS_openat2, top, path.c_str(), &how, sizeof how));
  if (fd >= 0 || (errno != ENOSYS && errno != EPERM && errno != EAGAIN)) return fd;
  if (errno == ENOSYS) is_missing = true;
  return std::nullopt;
}
#endif

}  // namespace

int open_by_segments(int top, const std::string& path, int flags, mode_t mode) {
  UniqueFd held;
  int directory = top;
  std::string_view rest = path.empty() ? std::string_view(".") : std::string_view(path);
  for (std::size_t slash = rest.find('/'); slash != std::string_view::npos;
       slash = rest.find('/')) {
    UniqueFd next(open_segment(directory, std::string(rest.substr(0, slash)), kOpenDirectory, 0));
    if (!next.valid()) return -1;
    held = std::move(next);
    directory = held.get();
    rest.remove_prefix(slash + 1);
  }
  return open_segment(directory, std::string(rest), flags, mode);
}

int open_beneath(int top, const std::string& path, int flags, mode_t mode) {
#ifdef SYS_openat2
  if (const auto fd = open_by_kernel(top, path.empty() ? "." : path, flags, mode)) return *fd;
#endif
  return open_by_segments(top, path, flags, mode);
}

}  // namespace gs
