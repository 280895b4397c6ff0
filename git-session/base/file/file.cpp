#include "base/file/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "base/error.h"
#include "base/process/process.h"

namespace gs {
namespace {

FileType type_of(const struct stat& status) {
  switch (status.st_mode & S_IFMT) {
    case S_IFREG:
      return (status.st_mode & S_IXUSR) != 0 ? FileType::Executable : FileType::Regular;
    case S_IFLNK:
      return FileType::Symlink;
    case S_IFDIR:
      return FileType::Directory;
    default:
      return FileType::Other;
  }
}

Timestamp modified_time(const struct stat& status) {
  const std::chrono::seconds seconds(status.st_mtim.tv_sec);
  const std::chrono::nanoseconds rest(status.st_mtim.tv_nsec);
  return Timestamp(std::chrono::duration_cast<std::chrono::milliseconds>(seconds) +
                   std::chrono::duration_cast<std::chrono::milliseconds>(rest));
}

std::string read_all(int fd, const std::string& path) {
  struct stat status {};
  if (fstat(fd, &status) != 0) {
    throw system_error("read", path, errno);
  }
  std::string content;
  std::size_t used = 0;
  // One byte more than the size from fstat(2), so that the end is seen without a larger buffer.
  content.resize(static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)) + 1);
  for (;;) {
    const ssize_t count = ::read(fd, content.data() + used, content.size() - used);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      throw system_error("read", path, errno);
    }
    if (count == 0) {
      content.resize(used);
      return content;
    }
    used += static_cast<std::size_t>(count);
    if (used == content.size()) {
      content.resize(content.size() * 2);
    }
  }
}

bool is_directory(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

UniqueFd::~UniqueFd() {
  close();
}

void UniqueFd::close() {
  if (fd_ >= 0) {
    // Not retried on EINTR: the descriptor is closed, and another thread may have its number now.
    ::close(std::exchange(fd_, -1));
  }
}

std::optional<FileInfo> file_info_at(int directory, const std::string& name) {
  struct stat status {};
  if (fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (is_absent(errno)) {
      return std::nullopt;
    }
    throw system_error("look at", name, errno);
  }
  return FileInfo{type_of(status), static_cast<std::uint64_t>(status.st_size),
                  modified_time(status)};
}

std::optional<FileInfo> file_info(const std::string& path) {
  return file_info_at(AT_FDCWD, path);
}

std::optional<Timestamp> modified_at(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  return modified_time(status);
}

std::optional<std::string> read_file_if_exists(const std::string& path) {
  const UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.valid()) {
    if (is_absent(errno)) {
      return std::nullopt;
    }
    throw system_error("read", path, errno);
  }
  return read_all(fd.get(), path);
}

std::string read_file(const std::string& path) {
  std::optional<std::string> content = read_file_if_exists(path);
  if (!content) {
    throw system_error("read", path, ENOENT);
  }
  return *std::move(content);
}

std::string read_symlink_at(int directory, const std::string& name) {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t length = readlinkat(directory, name.c_str(), buffer.data(), buffer.size());
  if (length < 0) {
    throw system_error("read link", name, errno);
  }
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string read_symlink(const std::string& path) {
  return read_symlink_at(AT_FDCWD, path);
}

std::vector<std::string> list_directory(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(path.c_str()), &closedir);
  std::vector<std::string> names;
  if (!directory) {
    if (is_absent(errno)) {
      return names;
    }
    throw system_error("list", path, errno);
  }
  for (;;) {
    errno = 0;
    const dirent* entry = readdir(directory.get());
    if (entry == nullptr) {
      break;
    }
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
  if (errno != 0) {
    throw system_error("list", path, errno);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void make_directories(const std::string& path) {
  if (mkdir(path.c_str(), 0777) == 0) {
    sync_directory_of(path);
    return;
  }
  const int failure = errno;
  if (failure == ENOENT) {
    const std::string parent = parent_directory(path);
    if (parent != path && !is_directory(parent)) {
      make_directories(parent);
      make_directories(path);
      return;
    }
  }
  if (failure != EEXIST || !is_directory(path)) {
    throw system_error("make directory", path, failure == EEXIST ? ENOTDIR : failure);
  }
}

void move_path(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) throw system_error("move", from, errno);
  sync_directory_of(to);
  sync_directory_of(from);
}

void remove_file(const std::string& path) {
  if (unlink(path.c_str()) == 0) {
    sync_directory_of(path);
  } else if (!is_absent(errno)) {
    throw system_error("remove", path, errno);
  }
}

namespace {

// Lets the owner list and change a directory and all below it: nothing can be removed from a
// read-only one. A link is not followed, whatever replaces a directory meanwhile.
void make_removable(int parent, const std::string& name, int depth) {
  constexpr int kDeepest = 200;  // a descriptor is open for each
  const UniqueFd found(openat(parent, name.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!found.valid() || depth > kDeepest) return;
  // O_PATH descriptors have no fchmod(2).
  (void)chmod(("/proc/self/fd/" + std::to_string(found.get())).c_str(), S_IRWXU);
  const int fd = openat(found.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(fd < 0 ? nullptr : fdopendir(fd), &closedir);
  if (!stream) return;
  while (const dirent* entry = readdir(stream.get())) {
    const std::string_view below = entry->d_name;
    const bool may_be_directory = entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN;
    if (may_be_directory && below != "." && below != "..")
      make_removable(dirfd(stream.get()), std::string(below), depth + 1);
  }
}

}  // namespace

void remove_tree(const std::string& path) {
  std::error_code failure;
  std::filesystem::remove_all(path, failure);
  if (failure.value() == EACCES || failure.value() == EPERM) {
    make_removable(AT_FDCWD, path, 0);
    failure.clear();
    std::filesystem::remove_all(path, failure);
  }
  if (failure && !is_absent(failure.value())) {
    throw system_error("remove", path, failure.value());
  }
}

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

std::string path_from(std::string_view directory, std::string_view path) {
  return path.starts_with('/') ? std::string(path) : join_path(directory, path);
}

std::string join_path(std::string_view directory, std::string_view name) {
  std::string joined(directory);
  if (!joined.empty() && joined.back() != '/') {
    joined += '/';
  }
  return joined.append(name);
}

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> resolved(realpath(path.c_str(), nullptr),
                                                        &std::free);
  if (!resolved) {
    throw system_error("resolve", path, errno);
  }
  return resolved.get();
}

namespace {

void sync_directory_at(int base, const std::string& directory) {
  const UniqueFd fd(openat(base, directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // Some file systems cannot sync a directory (EINVAL, ENOTSUP), and a directory that may be
  // written but not read cannot be opened (EACCES): the change itself has been made.
  if (fd.valid() && fsync(fd.get()) != 0 && (errno == EIO || errno == ENOSPC)) {
    throw system_error("sync", directory, errno);
  }
}

}  // namespace

void sync_directory_of(const std::string& path) {
  sync_directory_at(AT_FDCWD, parent_directory(path));
}

void sync_directory(int directory) {
  sync_directory_at(directory, ".");
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

TemporaryDirectory::TemporaryDirectory(const std::string& parent) {
  std::string base = parent;
  if (base.empty()) {
    base = environment_variable("TMPDIR").value_or("");
  }
  std::string name = join_path(base.empty() ? "/tmp" : base, "git-session-XXXXXX");
  if (mkdtemp(name.data()) == nullptr) {
    throw system_error("make temporary directory", name, errno);
  }
  path_ = std::move(name);
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace gs
