#include "git/locks.h"

#include <sys/stat.h>

#include <map>
#include <set>
#include <utility>

#include "base/file/file.h"
#include "git/index/real_index.h"
#include "git/ref_locks.h"

namespace gs::git {
namespace {

using Identity = std::pair<dev_t, ino_t>;

// Directories of a git directory in which nothing is locked, and which may have many files.
bool is_visited(const std::string& name) {
  return name != "objects" && name != "git-session" && name != "lfs" && name != "modules" &&
         name != "hooks" && name != "logs";
}

class Search {
 public:
  explicit Search(const Repository& repository) {
    // Hard links of these are ours.
    add_own(mark_of_locks(repository));
    for (const char* directory : {"close", "restore", "undo"}) {
      add_own(
          join_path(repository.git_dir(), std::string("git-session/") + directory + "/index-lock"));
    }
  }

  void look_in(const std::string& directory, int depth) {
    constexpr int kDeepest = 50;
    for (const std::string& name : list_directory(directory)) {
      const std::string path = join_path(directory, name);
      if (name.ends_with(".lock")) {
        look_at(path);
      } else if (depth < kDeepest && is_visited(name)) {
        const auto info = file_info(path);
        if (info && info->type == FileType::Directory) look_in(path, depth + 1);
      }
    }
  }

  void look_at(const std::string& path) {
    const auto info = file_info(path);
    if (!info || info->type == FileType::Directory) return;
    found[path] = {path, info->modified, own_.contains(identity_of(path))};
  }

  std::map<std::string, LockFile> found;  // by path

 private:
  static Identity identity_of(const std::string& path) {
    struct stat status {};
    return lstat(path.c_str(), &status) == 0 ? Identity{status.st_dev, status.st_ino}
                                             : Identity{0, 0};
  }

  void add_own(const std::string& path) {
    if (const Identity identity = identity_of(path); identity.second != 0) own_.insert(identity);
  }

  std::set<Identity> own_;
};

}  // namespace

std::vector<LockFile> list_lock_files(const Repository& repository) {
  const std::string& common = repository.common_dir();
  Search search(repository);
  search.look_in(common, 0);
  search.look_at(join_path(common, "objects/maintenance.lock"));
  search.look_at(join_path(common, "objects/info/commit-graphs/commit-graph-chain.lock"));
  search.look_at(join_path(common, "objects/pack/multi-pack-index.lock"));
  search.look_at(index_path(repository) + ".lock");  // GIT_INDEX_FILE may be anywhere
  std::vector<LockFile> found;
  for (auto& [path, lock] : search.found) found.push_back(std::move(lock));
  return found;
}

}  // namespace gs::git
