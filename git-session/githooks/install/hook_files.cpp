#include "githooks/install/hook_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>

#include "base/error.h"
#include "base/file/file.h"

namespace gs::githooks {
namespace {

std::string leftover_of(const std::string& path) {
  return path + ".git-session-new";
}

std::optional<struct stat> look(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

void write_new(const std::string& path, const std::string& text) {
  remove_file(path);
  const UniqueFd fd(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0777));
  if (!fd.valid()) throw system_error("write", path, errno);
  if (const int failure = write_fully(fd.get(), text); failure != 0) {
    throw system_error("write", path, failure);
  }
  if (fsync(fd.get()) != 0) throw system_error("write", path, errno);
}

void rename_over(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) throw system_error("write", to, errno);
  sync_directory_of(to);
}

// As a second name, so that the hook runs under its first one until the script replaces it. Without
// hard links it is renamed, and does not run for a moment.
void keep_as(const std::string& path, const std::string& previous) {
  if (linkat(AT_FDCWD, path.c_str(), AT_FDCWD, previous.c_str(), 0) != 0) {
    if (errno == EEXIST || errno == EACCES || errno == EROFS || errno == ENOSPC) {
      throw system_error("write", previous, errno);
    }
    rename_over(path, previous);
  }
  sync_directory_of(previous);
}

}  // namespace

std::string content_of(const std::string& path) {
  struct stat status {};
  // Reading a pipe would block.
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return "";
  try {
    return read_file_if_exists(path).value_or("");
  } catch (const Error&) {
    return "";  // we may not read it
  }
}

bool same_file(const std::string& a, const std::string& b) {
  const auto left = look(a);
  const auto right = look(b);
  return left && right && left->st_dev == right->st_dev && left->st_ino == right->st_ino;
}

void place_script(const std::string& path, const std::string& previous, const std::string& text,
                  bool keep) {
  make_directories(parent_directory(path));
  const std::string fresh = leftover_of(path);
  write_new(fresh, text);
  if (keep && look(path) && !same_file(path, previous)) keep_as(path, previous);
  rename_over(fresh, path);
}

void take_out_script(const std::string& path, const std::string& previous) {
  if (!look(previous)) {
    remove_file(path);
  } else if (same_file(path, previous)) {
    remove_file(previous);  // renaming a hard link to another one does nothing
  } else {
    rename_over(previous, path);
  }
}

void remove_leftover(const std::string& path) {
  if (look(leftover_of(path))) remove_file(leftover_of(path));
}

}  // namespace gs::githooks
