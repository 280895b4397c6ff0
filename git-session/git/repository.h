#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/file/file_lock.h"
#include "base/file/tree_files.h"
#include "base/repo_path.h"
#include "git/checkout.h"
#include "git/command.h"
#include "git/object_id.h"

namespace gs::git {

struct Checkout;
struct Discovered;

struct Head {
  std::optional<std::string> branch;  // short name ("main"); absent when detached
  std::optional<ObjectId> commit;     // absent when unborn
};

struct Commit {
  ObjectId oid;
  ObjectId tree;
  std::vector<ObjectId> parents;
  std::string subject;       // first line of the message
  std::string message;       // as stored
  Timestamp author_time;     // second precision
  Timestamp committer_time;  // second precision
};

struct TreeDiffEntry {
  RepoPath path;
  TreeEntry before;  // not present(): added
  TreeEntry after;   // not present(): deleted
};

// One entry of a tree listing.
struct NamedTreeEntry {
  RepoPath path;
  TreeEntry entry;
};

struct TreeEdit {
  RepoPath path;
  TreeEntry entry;  // not present(): the path is removed
};

enum class Operation { None, Merge, Rebase, CherryPick, Revert, Bisect, ApplyMailbox };
[[nodiscard]] std::string_view operation_name(
    Operation operation);  // "merge", "rebase", …; "" for None

// A repository with a work tree, opened as git would from a directory (GIT_DIR, GIT_WORK_TREE,
// GIT_CEILING_DIRECTORIES, GIT_INDEX_FILE count). Reads and stores objects and refs in the process
// (libgit2). Throws Error if there is no repository, it is bare, or it uses an unsupported
// extension ("fatal: this repository uses extensions.objectFormat=sha256, which …" with a hint).
class Repository {
 public:
  [[nodiscard]] static Repository open(const std::string& directory = ".");
  // With this work tree, whatever the environment and `core.bare` say.
  [[nodiscard]] static Repository open(const Checkout& checkout);
  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;
  ~Repository();

  // Absolute, no trailing '/'.
  [[nodiscard]] const std::string& work_tree() const;
  [[nodiscard]] const std::string& git_dir() const;     // of this worktree
  [[nodiscard]] const std::string& common_dir() const;  // shared by all worktrees
  [[nodiscard]] Checkout checkout() const { return {work_tree(), git_dir()}; }
  [[nodiscard]] const std::string& prefix() const;  // our directory below the top: "" or "dir/"
  [[nodiscard]] std::string absolute(const RepoPath& path) const;
  [[nodiscard]] TreeFiles files() const { return TreeFiles(work_tree()); }
  [[nodiscard]] const GitCommand& git() const;  // runs at the top of the work tree

  [[nodiscard]] Head head() const;
  [[nodiscard]] Operation operation_in_progress() const;
  // `git rev-parse REV^{commit}` in the process; absent if it names nothing.
  [[nodiscard]] std::optional<ObjectId> resolve_commit(const std::string& revision) const;
  [[nodiscard]] Commit commit(const ObjectId& oid) const;  // throws if it is not a commit
  [[nodiscard]] std::optional<ObjectId> merge_base(const ObjectId& a, const ObjectId& b) const;
  [[nodiscard]] bool is_ancestor(const ObjectId& ancestor, const ObjectId& descendant) const;
  // Commits reachable from `tip` and not from `base` (absent: all), newest first; at most `limit`.
  [[nodiscard]] std::vector<ObjectId> commits_between(const std::optional<ObjectId>& base,
                                                      const ObjectId& tip, std::size_t limit) const;

  // Commits reachable from `tip` and from none of `hidden`, newest first; at most `limit`. Hidden
  // commits that are missing here (a remote's that was never fetched) hide nothing.
  [[nodiscard]] std::vector<ObjectId> commits_without(const std::vector<ObjectId>& hidden,
                                                      const ObjectId& tip, std::size_t limit) const;

  // Objects.
  [[nodiscard]] static ObjectId empty_tree();
  [[nodiscard]] std::string read_blob(const ObjectId& oid) const;
  [[nodiscard]] std::uint64_t blob_size(const ObjectId& oid) const;
  [[nodiscard]] ObjectId write_blob(std::string_view content) const;  // stored as given, no filter
  [[nodiscard]] static ObjectId hash_blob(std::string_view content);  // nothing stored
  [[nodiscard]] TreeEntry tree_entry(const ObjectId& tree,
                                     const RepoPath& path) const;  // blobs, links and gitlinks
  [[nodiscard]] std::vector<NamedTreeEntry> list_tree(
      const ObjectId& tree) const;  // recursive, path order
  [[nodiscard]] std::vector<TreeDiffEntry> diff_trees(const ObjectId& before,
                                                      const ObjectId& after) const;
  // `base` with the edits applied. A file that replaces a directory removes its content, a
  // directory that replaces a file removes the file; empty directories disappear. Reads and writes
  // only the trees on the edited paths.
  [[nodiscard]] ObjectId edit_tree(const ObjectId& base, std::vector<TreeEdit> edits) const;
  // A commit object with `identity` (name, mail) as author and committer at `time`, UTC. Touches no
  // ref and signs nothing.
  [[nodiscard]] ObjectId write_commit(const ObjectId& tree, const std::vector<ObjectId>& parents,
                                      const std::string& message, Timestamp time) const;

  struct Impl;
  [[nodiscard]] Impl& impl() const { return *impl_; }  // for this folder's files only

 private:
  explicit Repository(std::unique_ptr<Impl> impl);
  [[nodiscard]] static Repository open(Discovered found);
  std::unique_ptr<Impl> impl_;
};

// A list or file that several of our processes change at once. Its one lock,
// git-session/locks/<name> in the git directory, is held from reading to writing.
struct ListLock {
  std::string_view name;
  std::string_view what;  // in messages: "cannot change <what>: locked by …"
  enum class Of { Worktree, Repository } of = Of::Worktree;
};

// Waits ten seconds, then throws and names the holder. Not recursive.
[[nodiscard]] FileLock lock_list(const Repository& repository, const ListLock& list);

}  // namespace gs::git
