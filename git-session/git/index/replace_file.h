#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "git/repository.h"

namespace gs::git {

// Like WritableFile::write on a file of the work tree, but the new content is written in
// `scratch` (a directory in git-session/ of the git directory) and renamed from there: a kill
// leaves nothing in the work tree. Makes missing directories. If the file is on another file
// system, the temporary file is beside it, and git-session/temp-places/ records where, so that
// remove_stale_temp_files finds it.
void replace_file(const TreeFiles& tree, const std::string& scratch, const FilePlace& place,
                  std::string_view content);
// With a scratch directory that all processes share.
void replace_file(const Repository& repository, const FilePlace& place, std::string_view content);

// As long as it lives, a temporary file `name` in a directory of the work tree is one that
// remove_stale_temp_files finds. `scratch`: as above.
class BesideNote {
 public:
  BesideNote(const std::string& scratch, const std::string& directory, const std::string& name);
  BesideNote(const BesideNote&) = delete;
  BesideNote& operator=(const BesideNote&) = delete;
  ~BesideNote();

 private:
  std::string place_;
};

// Where temporary files of all processes are; those of dead ones are removed.
[[nodiscard]] std::string shared_scratch(const Repository& repository);

struct Replacement {
  FilePlace place;
  std::string_view content;
};
// Several at once, which wait for the disk together. If this throws or the program is killed, some
// may be replaced and others not; none is half written.
void replace_files(const TreeFiles& tree, const std::string& scratch,
                   const std::vector<Replacement>& files);

// Removes half-written files of killed processes, also in the work tree. What cannot be removed is
// left for the next time.
void remove_stale_temp_files(const Repository& repository);
// All such files of a worktree with that git directory, wherever in git-session/ they are, and the
// notes about those elsewhere behind them: absolute. Nothing is written.
[[nodiscard]] std::vector<std::string> stale_temp_files(const std::string& git_dir);

}  // namespace gs::git
