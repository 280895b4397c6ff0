#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gs::git {

// As write_file_atomically on a file of the work tree, but its new content is written in `scratch`
// (a directory of this program's in the git directory, used by one process at a time) and renamed
// from there: a kill leaves nothing in the work tree that git would show. Makes the directories
// that are missing. Where git directory and work tree are on two file systems, it is written in
// place.
void replace_file(const std::string& scratch, const std::string& path, std::string_view content);

struct Replacement {
  std::string path;
  std::string_view content;
};
// Several at once, which wait for the disk together. Of these, some may be replaced and others not
// when this throws or the program is killed; none is half written.
void replace_files(const std::string& scratch, const std::vector<Replacement>& files);

}  // namespace gs::git
