#include "git/ref_locks.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/file_lock.h"
#include "base/file/lock_state.h"

namespace gs::git {
namespace {

bool is_link_of(const struct stat& mark, const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && status.st_ino == mark.st_ino &&
         status.st_dev == mark.st_dev;
}

void add_links_of(const struct stat& mark, const std::string& directory,
                  std::vector<std::string>& links) {
  for (const std::string& name : list_directory(directory)) {
    const std::string path = join_path(directory, name);
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) continue;
    if (S_ISDIR(status.st_mode)) add_links_of(mark, path, links);
    if (is_link_of(mark, path)) links.push_back(path);
  }
}

std::vector<std::string> links_of(const struct stat& mark, const Repository& repository) {
  std::vector<std::string> links;
  add_links_of(mark, join_path(repository.common_dir(), "refs"), links);
  const std::string packed = packed_refs(repository) + ".lock";
  if (is_link_of(mark, packed)) links.push_back(packed);
  return links;
}

}  // namespace

HeldLocks::HeldLocks(const Repository& repository, const std::vector<std::string>& refs) {
  for (const std::string& ref : refs) {
    std::string path = join_path(repository.common_dir(), ref + ".lock");
    if (const auto identity = identity_of(path)) held_.emplace_back(std::move(path), *identity);
  }
}

bool HeldLocks::remove_stale() const {
  bool any = false;
  for (const auto& [path, identity] : held_) {
    if (identity_of(path) != identity) continue;
    remove_file(path);
    any = true;
  }
  return any;
}

std::optional<HeldLocks::Identity> HeldLocks::identity_of(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return Identity{static_cast<std::int64_t>(status.st_ino), status.st_ctim.tv_sec,
                  status.st_ctim.tv_nsec};
}

std::string mark_of_locks(const Repository& repository) {
  return join_path(repository.common_dir(), "git-session/locks/refs");
}

std::string packed_refs(const Repository& repository) {
  return join_path(repository.common_dir(), "packed-refs");
}

// On a file system without hard links, or above their limit: a file of its own.
Taken take_lock(const std::string& mark, int directory, const std::string& lock, int& failure) {
  if (linkat(AT_FDCWD, mark.c_str(), directory, lock.c_str(), 0) == 0) return Taken::Yes;
  failure = errno;
  if (failure == EPERM || failure == EMLINK || failure == ENOTSUP || failure == EXDEV) {
    const UniqueFd made(
        openat(directory, lock.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (made.valid()) return Taken::Yes;
    failure = errno;
  }
  return failure == EEXIST ? Taken::Busy : Taken::Failed;
}

std::vector<std::string> stale_ref_locks(const Repository& repository) {
  const std::string mark = mark_of_locks(repository);
  struct stat status {};
  const bool any = lstat(mark.c_str(), &status) == 0 && status.st_nlink > 1;
  if (!any || lock_state(mark).held) return {};
  return links_of(status, repository);
}

void remove_stale_ref_locks(const Repository& repository) {
  const std::string mark = mark_of_locks(repository);
  struct stat status {};
  if (lstat(mark.c_str(), &status) != 0 || status.st_nlink < 2) return;
  try {
    const auto lock = FileLock::try_acquire(mark, SystemClock().now(), nullptr);
    if (!lock) return;
    for (const std::string& link : links_of(status, repository)) remove_file(link);
  } catch (const Error&) {
    return;  // reading a status must not require write permission
  }
}

}  // namespace gs::git
