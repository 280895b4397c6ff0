#include "snapshot/restore/file_steps.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/file/file.h"
#include "git/index/replace_file.h"
#include "git/objects/checked_out.h"
#include "git/objects/worktree_blobs.h"

namespace gs::snapshot {
namespace {

using git::FileMode;
using git::TreeEntry;

struct Step {
  const RepoPath* path;
  const TreeEntry* from;
  const TreeEntry* to;
  std::optional<FileInfo> seen = {};  // when its content was compared
  std::string prepared = {};          // name in the scratch directory
};

bool is_same(const std::optional<FileInfo>& a, const std::optional<FileInfo>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->type == b->type && a->size == b->size && a->modified == b->modified;
}

// Absent also of what lies behind a link or a file.
std::optional<FileInfo> look_at(const TreeFiles& files, const RepoPath& path) {
  try {
    return files.info(path);
  } catch (const Error&) {
    return std::nullopt;
  }
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
    return std::move(moved_);
  }

 private:
  // Which steps there are still to take.
  void compare(const std::vector<FileStep>& steps, Direction direction) {
    std::vector<git::WorktreeFile> looked_at;
    std::vector<std::optional<FileInfo>> seen;
    for (const FileStep& step : steps) {
      const bool forward = direction == Direction::Forward;
      looked_at.push_back({step.path, (forward ? step.after : step.before).mode});
      seen.push_back(look_at(files_, step.path));
    }
    const git::ReadFiles now = git::hash_raw_files(repository_, looked_at);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool forward = direction == Direction::Forward;
      const TreeEntry& from = forward ? steps[i].before : steps[i].after;
      const TreeEntry& to = forward ? steps[i].after : steps[i].before;
      const TreeEntry found = now.entries[i].value_or(TreeEntry{});
      if (found == to && !now.left_out[i]) continue;
      if (found == from && !now.left_out[i]) {
        steps_.push_back({&steps[i].path, &from, &to, seen[i]});
      } else {
        moved_.push_back(steps[i].path);
      }
    }
    std::sort(steps_.begin(), steps_.end(),
              [](const Step& a, const Step& b) { return *a.path < *b.path; });
  }

  void prepare() {
    make_directories(scratch_);
    std::vector<std::string> names;
    for (Step& step : steps_) {
      if (!step.to->present()) continue;
      step.prepared = new_temp_file_name();
      const std::string place = join_path(scratch_, step.prepared);
      if (step.to->mode == FileMode::Symlink) {
        const std::string target = repository_.read_blob(step.to->oid);
        if (::symlink(target.c_str(), place.c_str()) != 0)
          throw system_error("write", place, errno);
      } else {
        const unsigned mode = step.to->mode == FileMode::Executable ? 0777 : 0666;
        git::write_blob_to_file(repository_, step.to->oid, place, mode);
        names.push_back(step.prepared);
      }
    }
    sync_files(scratch_, names);
  }

  // Whether it is still what was compared.
  bool still_there(const Step& step) {
    const auto now = look_at(files_, *step.path);
    // A directory that has lost its files is nothing, or may be gone.
    const bool as_before =
        step.from->present() ? is_same(now, step.seen) : !now || now->type == FileType::Directory;
    if (as_before) return true;
    moved_.push_back(*step.path);
    return false;
  }

  void remove(const Step& step) {
    if (!still_there(step)) return;
    const WritableFile file = files_.entry(*step.path);
    if (::unlinkat(file.directory(), file.name().c_str(), 0) != 0 && errno != ENOENT)
      throw system_error("remove", step.path->quoted(), errno);
    file.sync_directory();
    files_.remove_empty_directories(*step.path);
  }

  void put(Step& step) {
    if (!still_there(step)) return;
    const WritableFile file = files_.entry(*step.path);
    const char* const name = file.name().c_str();
    struct stat there {};
    if (::fstatat(file.directory(), name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISDIR(there.st_mode) && ::unlinkat(file.directory(), name, AT_REMOVEDIR) != 0)
      throw system_error("replace", step.path->quoted(), errno);
    const std::string prepared = join_path(scratch_, step.prepared);
    if (::renameat(AT_FDCWD, prepared.c_str(), file.directory(), name) != 0) {
      if (errno != EXDEV) throw system_error("write", step.path->quoted(), errno);
      copy_beside(step, file);
    }
    step.prepared.clear();
    file.sync_directory();
  }

  // The work tree is on another file system than the git directory.
  void copy_beside(const Step& step, const WritableFile& file) {
    const git::BesideNote note(scratch_, file.directory_path(), step.prepared);
    const std::string beside = join_path(file.directory_path(), step.prepared);
    if (step.to->mode == FileMode::Symlink) {
      const std::string target = repository_.read_blob(step.to->oid);
      if (::symlinkat(target.c_str(), file.directory(), step.prepared.c_str()) != 0)
        throw system_error("write", step.path->quoted(), errno);
    } else {
      git::write_blob_to_file(repository_, step.to->oid, beside,
                              step.to->mode == FileMode::Executable ? 0777 : 0666);
    }
    if (::renameat(file.directory(), step.prepared.c_str(), file.directory(),
                   file.name().c_str()) != 0) {
      const int failure = errno;
      ::unlinkat(file.directory(), step.prepared.c_str(), 0);
      throw system_error("write", step.path->quoted(), failure);
    }
    ::unlink(join_path(scratch_, step.prepared).c_str());
  }

  const git::Repository& repository_;
  TreeFiles files_;
  std::string scratch_;
  std::vector<Step> steps_;  // path order
  std::vector<RepoPath> moved_;
};

}  // namespace

std::vector<RepoPath> take_steps(const git::Repository& repository, const std::string& scratch,
                                 const std::vector<FileStep>& steps, Direction direction) {
  return Taker(repository, scratch).take(steps, direction);
}

}  // namespace gs::snapshot
