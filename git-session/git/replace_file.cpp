#include "git/replace_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

#include "base/durable.h"
#include "base/error.h"
#include "base/file.h"

namespace gs::git {

void replace_file(const std::string& scratch, const std::string& path, std::string_view content) {
  make_directories(parent_directory(path));
  struct stat existing {};
  const bool exists = lstat(path.c_str(), &existing) == 0;
  // What a symlink leads to may be anywhere.
  if (exists && !S_ISREG(existing.st_mode)) {
    write_file_atomically(path, content);
    return;
  }
  make_directories(scratch);
  const std::string next = join_path(scratch, "next-file");
  remove_file(next);
  write_file_atomically(next, content);
  if (exists && chmod(next.c_str(), existing.st_mode & 07777U) != 0) {
    throw system_error("set the mode of", path, errno);
  }
  if (std::rename(next.c_str(), path.c_str()) == 0) {
    sync_directory_of(path);
    return;
  }
  if (errno != EXDEV) throw system_error("write", path, errno);
  remove_file(next);
  write_file_atomically(path, content);
}

}  // namespace gs::git
