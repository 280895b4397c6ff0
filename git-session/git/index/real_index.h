#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "git/index/staging.h"
#include "git/repository.h"

namespace gs::git {

// The repository's own index, locked as git locks it, so that nobody writes it between what is read
// here and what is installed. index.lock is a hard link of a file in `scratch` (a directory of this
// program's in the git directory, used by one process at a time): what a killed process left can be
// distinguished from another program's lock.
class RealIndex {
 public:
  // Waits two seconds for another git; throws, with a hint, where it holds the lock for longer.
  RealIndex(const Repository& repository, std::string scratch);
  RealIndex(const RealIndex&) = delete;
  RealIndex& operator=(const RealIndex&) = delete;
  ~RealIndex();

  struct Entry {
    TreeEntry staged;       // not present(): not in it
    bool unmerged = false;  // conflict stages, and nothing staged
  };
  // Of these paths, in the order asked.
  [[nodiscard]] std::vector<Entry> entries(const std::vector<RepoPath>& paths) const;
  // An entry that is none of `removed` and that a file at `path` would take the place of: a
  // directory above it that is a file, or a file below it.
  [[nodiscard]] bool has_in_the_way(const RepoPath& path, const std::set<RepoPath>& removed) const;
  // Makes the new index beside it, and renames it into place: a kill leaves the old or the new one.
  // What can fail (a full disk, a file that is damaged) fails in the first.
  void prepare(const std::vector<IndexChange>& changes);
  void put_in_place();  // nothing where nothing was prepared
  // Throws where the lock cannot be removed: git would be locked out for ever.
  void unlock();

  // Removes the lock that a killed process left.
  static void remove_stale_lock(const Repository& repository, const std::string& scratch);

 private:
  [[nodiscard]] std::string next_index() const;

  const Repository& repository_;
  std::string scratch_;
  std::string index_;
  bool held_ = false;
  bool prepared_ = false;
};

// What `commit` on `parent` makes of index entries: its content where nothing else was staged,
// otherwise what was staged, carried over to the new content where that merges cleanly.
[[nodiscard]] std::vector<IndexChange> follow_commit(const Repository& repository,
                                                     const RealIndex& index,
                                                     const std::optional<ObjectId>& parent,
                                                     const ObjectId& commit);

}  // namespace gs::git
