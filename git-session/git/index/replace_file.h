#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "git/repository.h"

namespace gs::git {

// As write_file_atomically on a file of the work tree, but its new content is written in `scratch`
// (a directory in git-session/ of the git directory) and renamed from there: a kill leaves nothing
// in the work tree. Makes the directories that are missing. Where the file lies on another file
// system, the temporary file is beside it; git-session/temp-places/ then says where, so that
// remove_stale_temp_files finds it.
void replace_file(const std::string& scratch, const std::string& path, std::string_view content);
// With a scratch directory that is everybody's.
void replace_file(const Repository& repository, const std::string& path, std::string_view content);

struct Replacement {
  std::string path;
  std::string_view content;
};
// Several at once, which wait for the disk together. Of these, some may be replaced and others not
// when this throws or the program is killed; none is half written.
void replace_files(const std::string& scratch, const std::vector<Replacement>& files);

// Removes what killed processes left half written, in the work tree too. What cannot be removed
// stays for the next time.
void remove_stale_temp_files(const Repository& repository);

}  // namespace gs::git
