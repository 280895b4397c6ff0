#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "git/index/staging.h"
#include "git/repository.h"

namespace gs::git {

// The file of the repository's own index (GIT_INDEX_FILE counts); where it is a link, what that
// leads to, as git does before it locks.
[[nodiscard]] std::string index_path(const Repository& repository);

// The repository's own index, locked as git locks it, so that no other process writes it between
// reading it here and installing the new one. index.lock is a hard link of a file in `scratch`
// (this program's directory in the git directory, used by one process at a time), which
// distinguishes what a killed process left from another program's lock.
class RealIndex {
 public:
  // Waits two seconds for another git; throws, with a hint, if it holds the lock for longer.
  RealIndex(const Repository& repository, std::string scratch);
  RealIndex(const RealIndex&) = delete;
  RealIndex& operator=(const RealIndex&) = delete;
  ~RealIndex();

  struct Entry {
    TreeEntry staged;       // not present(): not in the index
    bool unmerged = false;  // conflict stages, and nothing staged
    bool intent_to_add = false;
  };
  // In the order of `paths`.
  [[nodiscard]] std::vector<Entry> entries(const std::vector<RepoPath>& paths) const;
  // Whether an entry other than `removed` is in the way of a file at `path`: a file instead of a
  // directory above it, or a file below it.
  [[nodiscard]] bool has_in_the_way(const RepoPath& path, const std::set<RepoPath>& removed) const;
  // `prepare` makes the new index beside the old one, `put_in_place` renames it: a kill leaves the
  // old or the new one. What can fail (a full disk, a damaged file) fails in `prepare`.
  void prepare(const std::vector<IndexChange>& changes);
  void put_in_place();  // does nothing if nothing was prepared
  // Throws if the lock cannot be removed: git would stay locked out.
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

// An entry that the commits do not tell: what was in the index before it followed a commit, and
// what is in it then. Entries without an object id are intents to add; an unmerged path has none.
struct StagedPath {
  RepoPath path;
  TreeEntry before;
  TreeEntry after;
};

// How `commit` on `parent` changes index entries: to its content if nothing else was staged,
// otherwise to what was staged, carried over to the new content if that merges cleanly. `planned`:
// the tree before a pre-commit hook, whose entries count as nothing else. `staged`: gets those of
// the commit's paths whose entry was not the parent's, or does not become the commit's.
[[nodiscard]] std::vector<IndexChange> follow_commit(
    const Repository& repository, const RealIndex& index, const std::optional<ObjectId>& parent,
    const ObjectId& commit, const std::optional<ObjectId>& planned = std::nullopt,
    std::vector<StagedPath>* staged = nullptr);

// One commit that the index followed.
struct FollowedCommit {
  std::optional<ObjectId> from;  // the commit before; absent: unborn
  ObjectId to;
  std::vector<StagedPath> staged;  // as above
};
// How the index gets back to what it was before it followed these commits, one after the other.
// What has been staged since is carried over where that merges; else it stays, and is in `left`.
[[nodiscard]] std::vector<IndexChange> unfollow_commits(const Repository& repository,
                                                        const RealIndex& index,
                                                        const std::vector<FollowedCommit>& commits,
                                                        std::vector<RepoPath>& left);

}  // namespace gs::git
