#include "snapshot/restore/file_steps.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <map>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "git/index/replace_file.h"
#include "git/objects/checked_out.h"
#include "git/objects/worktree_blobs.h"
#include "snapshot/restore/obstacles.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::TreeEntry;

struct Step {
  const RepoPath* path;
  const TreeEntry* from;
  const TreeEntry* to;
  std::optional<unsigned> permissions;
  std::optional<struct stat> seen = {};  // when its content was compared
  std::string prepared = {};             // name in the scratch directory
};

struct Found {
  WritableFile file;
  struct stat status;
};

// Absent where nothing is, and behind a link.
std::optional<Found> look_at(const TreeFiles& files, const RepoPath& path) {
  try {
    if (!files.info(path)) return std::nullopt;
    WritableFile file = files.entry(path);
    struct stat status {};
    if (::fstatat(file.directory(), file.name().c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
      return Found{std::move(file), status};
  } catch (const Error&) {
    return std::nullopt;
  }
  return std::nullopt;
}

// The state of many paths, for which each directory is opened only once.
class FirstLook {
 public:
  explicit FirstLook(const TreeFiles& files) : files_(files) {}

  std::optional<struct stat> at(const RepoPath& path) {
    struct stat status {};
    if (last_ && last_path_.parent() == path.parent()) {
      const std::string name(path.name());
      const int directory = last_->file.directory();
      if (::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return status;
      return std::nullopt;
    }
    last_ = look_at(files_, path);
    last_path_ = path;
    return last_ ? std::optional(last_->status) : std::nullopt;
  }

 private:
  const TreeFiles& files_;
  std::optional<Found> last_;
  RepoPath last_path_;
};

bool is_same_time(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

// Whether a file is the one that was seen at `when`. The kernel's clock for files advances in
// steps, so that two writes may have the same time.
bool is_untouched(const struct stat& seen, const timespec& when, const struct stat& now) {
  constexpr long long kStep = 20'000'000;
  constexpr long long kSecond = 1'000'000'000;
  const long long age =
      (when.tv_sec - seen.st_mtim.tv_sec) * kSecond + (when.tv_nsec - seen.st_mtim.tv_nsec);
  return age > kStep && seen.st_dev == now.st_dev && seen.st_ino == now.st_ino &&
         seen.st_mode == now.st_mode && seen.st_size == now.st_size &&
         is_same_time(seen.st_mtim, now.st_mtim) && is_same_time(seen.st_ctim, now.st_ctim);
}

// A name in an opened directory; `path`: for what reads by path.
struct Place {
  int directory;
  std::string name;
  std::string path;
};

enum class Rename { NoReplace, Exchange };

// 0, or an errno; EINVAL where the system or the file system has no such rename.
int rename_by(const Place& from, const Place& to, Rename how) {
#ifdef RENAME_EXCHANGE
  const unsigned flags = how == Rename::Exchange ? RENAME_EXCHANGE : RENAME_NOREPLACE;
  const bool done =
      ::renameat2(from.directory, from.name.c_str(), to.directory, to.name.c_str(), flags) == 0;
  return done ? 0 : errno == ENOSYS ? EINVAL : errno;
#else
  static_cast<void>(from), static_cast<void>(to), static_cast<void>(how);
  return EINVAL;
#endif
}

class Taker {
 public:
  Taker(const git::Repository& repository, std::string scratch)
      : repository_(repository), files_(repository.files()), scratch_(std::move(scratch)) {}
  Taker(const Taker&) = delete;
  Taker& operator=(const Taker&) = delete;
  ~Taker() {
    for (const Step& step : steps_) {
      if (!step.prepared.empty()) ::unlink(join_path(scratch_, step.prepared).c_str());
    }
  }

  std::vector<RepoPath> take(const std::vector<FileStep>& steps, Direction direction) {
    compare(steps, direction);
    prepare();
    // Deepest first: what is below a directory goes before it.
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
      if (!step->to->present()) remove(*step);
    }
    for (Step& step : steps_) {
      if (step.to->present()) put(step);
    }
    sync();
    return std::move(moved_);
  }

 private:
  // Which steps there are still to take.
  void compare(const std::vector<FileStep>& steps, Direction direction) {
    const bool forward = direction == Direction::Forward;
    std::vector<git::WorktreeFile> looked_at;
    std::vector<std::optional<struct stat>> seen;
    ::clock_gettime(CLOCK_REALTIME, &seen_at_);
    FirstLook look(files_);
    for (const FileStep& step : steps) {
      looked_at.push_back({step.path, (forward ? step.after : step.before).mode});
      seen.push_back(look.at(step.path));
    }
    const git::ReadFiles now = git::hash_raw_files(repository_, looked_at);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const TreeEntry& from = forward ? steps[i].before : steps[i].after;
      const TreeEntry& to = forward ? steps[i].after : steps[i].before;
      const TreeEntry found = now.entries[i].value_or(TreeEntry{});
      if (found == to && !now.left_out[i]) continue;
      if (found == from && !now.left_out[i]) {
        steps_.push_back({&steps[i].path, &from, &to, steps[i].permissions, seen[i]});
      } else {
        moved_.push_back(steps[i].path);
      }
    }
    std::sort(steps_.begin(), steps_.end(),
              [](const Step& a, const Step& b) { return *a.path < *b.path; });
    leave_blocked();
  }

  // What has come into the way since it was planned.
  void leave_blocked() {
    std::map<RepoPath, FileStep> pending;
    for (const Step& step : steps_) pending[*step.path] = {*step.path, *step.from, *step.to};
    ObstacleFinder obstacles(files_, pending);
    std::erase_if(steps_, [&](const Step& step) {
      const bool is_blocked = obstacles.find(*step.path).has_value();
      if (is_blocked) moved_.push_back(*step.path);
      return is_blocked;
    });
  }

  void prepare() {
    make_directories(scratch_);
    std::vector<std::string> names;
    for (Step& step : steps_) {
      if (!step.to->present()) continue;
      step.prepared = new_temp_file_name();
      make(step, in_scratch(step));
      if (step.to->mode != FileMode::Symlink) names.push_back(step.prepared);
    }
    sync_files(scratch_, names);
  }

  // Whether what is there is still what was compared.
  bool still_there(const Step& step, const std::optional<Found>& now) {
    // A directory that has lost its files is nothing, or may be gone.
    const bool as_before = step.from->present() ? now && is_from(step, now->status)
                                                : !now || S_ISDIR(now->status.st_mode);
    if (!as_before) moved_.push_back(*step.path);
    return as_before;
  }

  bool is_from(const Step& step, const struct stat& now) {
    if (step.seen && is_untouched(*step.seen, seen_at_, now)) return true;
    const git::ReadFiles read = git::hash_raw_files(repository_, {{*step.path, step.from->mode}});
    return read.entries[0] == *step.from;
  }

  // The same of what has been taken out of its place, by which its ctime has changed.
  bool is_from(const Step& step, const Place& place) {
    constexpr off_t kCompared = 4 << 20;
    struct stat now {};
    if (::fstatat(place.directory, place.name.c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0)
      return false;
    if (step.seen && now.st_size > kCompared) {
      now.st_ctim = step.seen->st_ctim;
      if (is_untouched(*step.seen, seen_at_, now)) return true;
    }
    const bool is_link = step.from->mode == FileMode::Symlink;
    if (step.seen && step.seen->st_mode != now.st_mode) return false;
    if (is_link != S_ISLNK(now.st_mode) || (!is_link && !S_ISREG(now.st_mode))) return false;
    const std::string content = is_link ? read_symlink(place.path) : read_file(place.path);
    return git::Repository::hash_blob(content) == step.from->oid;
  }

  void remove(Step& step) {
    const std::optional<Found> now = look_at(files_, *step.path);
    if (!still_there(step, now)) return;
    const WritableFile& file = now->file;
    step.prepared = new_temp_file_name();
    const Place place{file.directory(), file.name(), join_path(file.directory_path(), file.name())};
    Place away = in_scratch(step);
    int failure = rename_by(place, away, Rename::NoReplace);
    std::optional<git::BesideNote> note;
    if (failure == EXDEV) {
      note.emplace(scratch_, file.directory_path(), step.prepared);
      away = beside(step, file);
      failure = rename_by(place, away, Rename::NoReplace);
    }
    if (failure == EINVAL)
      failure = ::unlinkat(place.directory, place.name.c_str(), 0) == 0 ? 0 : errno;
    else if (failure == 0 && !is_from(step, away)) {
      put_back(away, place, Rename::NoReplace);
      moved_.push_back(*step.path);
      return;
    }
    if (failure != 0 && failure != ENOENT)
      throw system_error("remove", step.path->quoted(), failure);
    ::unlinkat(away.directory, away.name.c_str(), 0);
    step.prepared.clear();
    changed_.insert(std::string(step.path->parent()));
    files_.remove_empty_directories(*step.path);
  }

  void put(Step& step) {
    std::optional<Found> now = look_at(files_, *step.path);
    if (!still_there(step, now)) return;
    if (!now) now.emplace(Found{files_.entry(*step.path), {}});
    const WritableFile& file = now->file;
    const struct stat& there = now->status;
    if (S_ISDIR(there.st_mode) &&
        ::unlinkat(file.directory(), file.name().c_str(), AT_REMOVEDIR) != 0)
      throw system_error("replace", step.path->quoted(), errno);
    const Place place{file.directory(), file.name(), join_path(file.directory_path(), file.name())};
    keep_permissions(step, in_scratch(step), there);
    int failure = swap_in(step, in_scratch(step), place);
    if (failure == EXDEV) {
      const git::BesideNote note(scratch_, file.directory_path(), step.prepared);
      const Place made = beside(step, file);
      make(step, made);
      sync_made(step, made);
      keep_permissions(step, made, there);
      failure = swap_in(step, made, place);
      ::unlinkat(made.directory, made.name.c_str(), 0);
    }
    if (failure != 0) throw system_error("write", step.path->quoted(), failure);
    changed_.insert(std::string(step.path->parent()));
  }

  // Git knows only the executable bit; who may read the file that is replaced is not for a restore
  // to change.
  static void keep_permissions(const Step& step, const Place& made, const struct stat& there) {
    if (step.to->mode == FileMode::Symlink) return;
    if (!S_ISREG(there.st_mode)) {
      if (step.permissions)
        ::fchmodat(made.directory, made.name.c_str(), static_cast<mode_t>(*step.permissions), 0);
      return;
    }
    mode_t mode = there.st_mode & 0777U & ~0111U;
    if (step.to->mode == FileMode::Executable) mode |= (mode & 0444U) >> 2U;
    ::fchmodat(made.directory, made.name.c_str(), mode, 0);
  }

  // Many directories with a single call; one that is gone needs none.
  void sync() {
    constexpr std::size_t kMost = 8;
    if (changed_.size() > kMost) {
      const UniqueFd top(
          ::open(repository_.work_tree().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      if (top.valid() && ::syncfs(top.get()) == 0) return;
    }
    for (const std::string& directory : changed_) {
      // What has become a link, or lies behind one, has nothing of ours.
      const auto there = directory.empty() ? std::nullopt : look_at(files_, RepoPath(directory));
      if (directory.empty() || (there && S_ISDIR(there->status.st_mode)))
        files_.entry(RepoPath(directory.empty() ? "any" : directory + "/any")).sync_directory();
    }
  }

  // The new file changes places with the old one, so that what another program has put there in the
  // last moment is seen, and put back. 0, or an errno.
  int swap_in(const Step& step, const Place& made, const Place& place) {
    const Rename how = step.from->present() ? Rename::Exchange : Rename::NoReplace;
    const int failure = rename_by(made, place, how);
    if (failure == EINVAL) {
      const bool done =
          ::renameat(made.directory, made.name.c_str(), place.directory, place.name.c_str()) == 0;
      return done ? 0 : errno;
    }
    const bool is_gone = how == Rename::Exchange && failure == ENOENT;
    if (failure == EEXIST || is_gone) {
      moved_.push_back(*step.path);
      return 0;
    }
    if (failure != 0 || how == Rename::NoReplace || is_from(step, made)) return failure;
    put_back(made, place, Rename::Exchange);
    moved_.push_back(*step.path);
    return 0;
  }

  static void sync_made(const Step& step, const Place& made) {
    if (step.to->mode == FileMode::Symlink) return;
    const UniqueFd fd(
        ::openat(made.directory, made.name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd.valid() || ::fsync(fd.get()) != 0) throw system_error("sync", made.path, errno);
  }

  static void put_back(const Place& from, const Place& to, Rename how) {
    const int failure = rename_by(from, to, how);
    if (failure != 0 && failure != EEXIST) throw system_error("put back", to.path, failure);
  }

  [[nodiscard]] Place in_scratch(const Step& step) const {
    const std::string path = join_path(scratch_, step.prepared);
    return {AT_FDCWD, path, path};
  }
  // Where the work tree is on another file system than the git directory.
  [[nodiscard]] static Place beside(const Step& step, const WritableFile& file) {
    return {file.directory(), step.prepared, join_path(file.directory_path(), step.prepared)};
  }

  void make(const Step& step, const Place& place) {
    if (step.to->mode != FileMode::Symlink) {
      const unsigned mode = step.to->mode == FileMode::Executable ? 0777 : 0666;
      return git::write_blob_to_file(repository_, step.to->oid, place.path, mode);
    }
    const std::string target = repository_.read_blob(step.to->oid);
    if (::symlinkat(target.c_str(), place.directory, place.name.c_str()) != 0)
      throw system_error("write", place.path, errno);
  }

  const git::Repository& repository_;
  TreeFiles files_;
  std::string scratch_;
  timespec seen_at_{};
  std::vector<Step> steps_;        // path order
  std::set<std::string> changed_;  // directories
  std::vector<RepoPath> moved_;
};

}  // namespace

std::vector<RepoPath> take_steps(const git::Repository& repository, const std::string& scratch,
                                 const std::vector<FileStep>& steps, Direction direction) {
  return Taker(repository, scratch).take(steps, direction);
}

}  // namespace gs::snapshot
