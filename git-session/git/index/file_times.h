#pragma once

#include <sys/stat.h>

#include <ctime>

// The times of a stat(2) have other names on macOS.
namespace gs::git {

[[nodiscard]] inline const timespec& modified_time(const struct stat& status) {
#ifdef __APPLE__
  return status.st_mtimespec;
#else
  return status.st_mtim;
#endif
}
[[nodiscard]] inline const timespec& changed_time(const struct stat& status) {
#ifdef __APPLE__
  return status.st_ctimespec;
#else
  return status.st_ctim;
#endif
}

}  // namespace gs::git
