#include "git/own_index.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <optional>
#include <thread>

#include "base/error.h"
#include "base/file.h"
#include "base/process.h"
#include "git/index_listing.h"

namespace gs::git {
namespace {

std::string index_path(const Repository& repository) {
  return join_path(repository.git_dir(), "index");
}

std::string lock_path(const Repository& repository) {
  return index_path(repository) + ".lock";
}

std::string our_link(const std::string& scratch) {
  return join_path(scratch, "index-lock");
}

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

// Removes index.lock when it goes out of scope.
class Lock {
 public:
  Lock(const Repository& repository, const std::string& scratch)
      : repository_(repository), scratch_(scratch) {}
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() {
    if (held_) ::unlink(lock_path(repository_).c_str());
    ::unlink(our_link(scratch_).c_str());
  }

  // False where the file system has no hard links.
  [[nodiscard]] bool take() {
    constexpr std::chrono::milliseconds kPause{50};
    constexpr int kMostPauses = 40;
    write_file_atomically(our_link(scratch_), "");
    for (int pauses = 0;; ++pauses) {
      if (::link(our_link(scratch_).c_str(), lock_path(repository_).c_str()) == 0) {
        held_ = true;
        return true;
      }
      if (errno != EEXIST) return false;
      if (pauses >= kMostPauses) break;
      std::this_thread::sleep_for(kPause);
    }
    throw fatal("cannot write the index: '" + lock_path(repository_) + "' exists")
        .with_hint(
            "another git command is using the repository; when none is, remove that lock "
            "file");
  }

 private:
  const Repository& repository_;
  const std::string& scratch_;
  bool held_ = false;
};

void apply_to_file(const Repository& repository, const std::string& file,
                   const std::vector<IndexChange>& changes) {
  ProcessOptions options;
  // The user's own index settings stay in force: it becomes the repository's index.
  options.environment["GIT_INDEX_FILE"] = file;
  options.input = index_info(changes);
  const ProcessResult result =
      repository.git().run({"update-index", "-z", "--index-info"}, options);
  require_indexed("update-index", result);
}

}  // namespace

void unlock_own_index(const Repository& repository, const std::string& scratch) {
  const auto ours = status_of(our_link(scratch));
  const auto lock = status_of(lock_path(repository));
  if (ours && lock && ours->st_ino == lock->st_ino && ours->st_dev == lock->st_dev) {
    remove_file(lock_path(repository));
  }
  remove_file(our_link(scratch));
}

void apply_to_own_index(const Repository& repository, const std::string& scratch,
                        const std::vector<IndexChange>& changes) {
  if (changes.empty()) return;
  make_directories(scratch);
  unlock_own_index(repository, scratch);
  const std::string index = index_path(repository);
  const std::optional<struct stat> before = status_of(index);
  const bool elsewhere =
      environment_variable("GIT_INDEX_FILE").has_value() || (before && !S_ISREG(before->st_mode));
  Lock lock(repository, scratch);
  if (elsewhere || !lock.take()) {
    apply_to_index(repository, "", changes);
    return;
  }
  const std::string next = join_path(scratch, "next-index");
  remove_file(next);
  remove_file(next + ".lock");
  if (const auto content = read_file_if_exists(index)) write_file_atomically(next, *content);
  apply_to_file(repository, next, changes);
  if (before) ::chmod(next.c_str(), before->st_mode & 07777U);
  if (std::rename(next.c_str(), index.c_str()) != 0) throw system_error("write", index, errno);
}

}  // namespace gs::git
