#include "git/replace_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <set>

#include "base/durable.h"
#include "base/error.h"
#include "base/file.h"

namespace gs::git {

namespace {

// A file's new content in the scratch directory, not in its place yet.
struct Written {
  const Replacement* file;
  std::string next;
};

std::vector<Written> write_next_files(const std::string& scratch,
                                      const std::vector<Replacement>& files) {
  std::vector<Written> written;
  std::vector<std::string> names;
  for (const Replacement& file : files) {
    make_directories(parent_directory(file.path));
    struct stat existing {};
    const bool exists = lstat(file.path.c_str(), &existing) == 0;
    // What a symlink leads to may be anywhere.
    if (exists && !S_ISREG(existing.st_mode)) {
      write_file_atomically(file.path, file.content);
      continue;
    }
    make_directories(scratch);
    const std::string name = "next-file-" + std::to_string(written.size());
    const std::string next = join_path(scratch, name);
    remove_file(next);
    write_file_unsynced(next, file.content);
    if (exists && chmod(next.c_str(), existing.st_mode & 07777U) != 0) {
      throw system_error("set the mode of", file.path, errno);
    }
    written.push_back({&file, next});
    names.push_back(name);
  }
  sync_files(scratch, names);
  return written;
}

}  // namespace

void replace_files(const std::string& scratch, const std::vector<Replacement>& files) {
  const std::vector<Written> written = write_next_files(scratch, files);
  std::set<std::string> directories;
  for (const auto& [file, next] : written) {
    if (std::rename(next.c_str(), file->path.c_str()) == 0) {
      directories.insert(parent_directory(file->path));
      continue;
    }
    if (errno != EXDEV) throw system_error("write", file->path, errno);
    remove_file(next);
    write_file_atomically(file->path, file->content);
  }
  for (const std::string& directory : directories) sync_directory_of(join_path(directory, "."));
}

void replace_file(const std::string& scratch, const std::string& path, std::string_view content) {
  replace_files(scratch, {{path, content}});
}

}  // namespace gs::git
