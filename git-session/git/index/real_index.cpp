#include "git/index/real_index.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <thread>
#include <unordered_map>

#include "base/error.h"
#include "base/file/file.h"
#include "git/index/index_file.h"
#include "git/index/index_flags.h"
#include "git/index/index_listing.h"
#include "git/libgit2.h"

namespace gs::git {
namespace {

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

std::string lock_of(const std::string& index) {
  return index + ".lock";
}

// A hard link of the lock; on a file system without hard links, a file that names its inode.
std::string our_mark(const std::string& scratch) {
  return join_path(scratch, "index-lock");
}

std::string inode_of(const struct stat& status) {
  return std::to_string(status.st_dev) + " " + std::to_string(status.st_ino) + "\n";
}

bool is_ours(const std::string& lock, const std::string& mark) {
  const auto ours = status_of(mark);
  const auto there = status_of(lock);
  if (!ours || !there) return false;
  if (ours->st_ino == there->st_ino && ours->st_dev == there->st_dev) return true;
  return read_file_if_exists(mark) == inode_of(*there);
}

void remove_lock(const std::string& lock) {
  if (::unlink(lock.c_str()) != 0 && errno != ENOENT) {
    const int failure = errno;
    throw system_error("remove", lock, failure)
        .with_hint("git cannot change the index while that file exists; remove it");
  }
}

// False: another process holds it.
bool try_take(const std::string& lock, const std::string& mark) {
  if (::link(mark.c_str(), lock.c_str()) == 0) return true;
  if (errno == EEXIST) return false;
  const UniqueFd made(open(lock.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!made.valid() && errno == EEXIST) return false;
  if (!made.valid()) throw system_error("lock", lock, errno);
  try {
    if (const auto status = status_of(lock)) write_file_unsynced(mark, inode_of(*status));
  } catch (...) {
    ::unlink(lock.c_str());
    throw;
  }
  return true;
}

}  // namespace

std::string index_path(const Repository& repository) {
  std::string path = repository.impl().index_path();
  const auto status = status_of(path);
  return status && S_ISLNK(status->st_mode) ? real_path(path) : path;
}

RealIndex::RealIndex(const Repository& repository, std::string scratch)
    : repository_(repository), scratch_(std::move(scratch)), index_(index_path(repository)) {
  constexpr std::chrono::milliseconds kPause{20};
  constexpr int kMostPauses = 100;
  make_directories(scratch_);
  remove_stale_lock(repository_, scratch_);
  write_file_unsynced(our_mark(scratch_), "");
  for (int pauses = 0; !try_take(lock_of(index_), our_mark(scratch_)); ++pauses) {
    if (pauses < kMostPauses) {
      std::this_thread::sleep_for(kPause);
      continue;
    }
    ::unlink(our_mark(scratch_).c_str());
    throw fatal("cannot write the index: '" + lock_of(index_) + "' exists")
        .with_hint(
            "another git command is using the repository; if none is, remove that lock file");
  }
  held_ = true;
}

RealIndex::~RealIndex() {
  if (!held_) return;
  // If this fails, the mark stays, and the next run removes the lock.
  if (::unlink(lock_of(index_).c_str()) == 0) ::unlink(our_mark(scratch_).c_str());
}

void RealIndex::unlock() {
  if (!held_) return;
  held_ = false;
  remove_lock(lock_of(index_));
  ::unlink(our_mark(scratch_).c_str());
}

void RealIndex::remove_stale_lock(const Repository& repository, const std::string& scratch) {
  const std::string mark = our_mark(scratch);
  if (!status_of(mark)) return;
  const std::string lock = lock_of(index_path(repository));
  if (is_ours(lock, mark)) remove_lock(lock);
  remove_file(mark);
}

namespace {

// `git ls-files` lists an intent to add as the empty blob. What is staged differs from HEAD, or is
// in it.
void mark_intents(const Repository& repository,
                  std::unordered_map<RepoPath, RealIndex::Entry>& entries) {
  const ObjectId empty_blob = Repository::hash_blob("");
  std::set<RepoPath> candidates;
  for (const auto& [path, entry] : entries) {
    if (entry.staged.present() && entry.staged.oid == empty_blob) candidates.insert(path);
  }
  if (candidates.empty()) return;
  const std::optional<ObjectId> head = repository.head().commit;
  const ObjectId tree = head ? repository.commit(*head).tree : Repository::empty_tree();
  std::set<RepoPath> removed;
  for (const TreeDiffEntry& change : staged_changes(repository)) {
    if (change.after.present()) candidates.erase(change.path);
    if (!change.after.present()) removed.insert(change.path);
  }
  for (const RepoPath& path : candidates) {
    if (removed.contains(path) || !repository.tree_entry(tree, path).present())
      entries.at(path).intent_to_add = true;
  }
}

}  // namespace

std::vector<RealIndex::Entry> RealIndex::entries(const std::vector<RepoPath>& paths) const {
  std::vector<Entry> entries(paths.size());
  if (paths.empty()) return entries;
  std::unordered_map<RepoPath, Entry> found;
  for (const RepoPath& path : paths) found.emplace(path, Entry{});
  const auto note = [](Entry& entry, int stage, const TreeEntry& staged) {
    if (stage == 0) entry.staged = staged;
    if (stage != 0) entry.unmerged = true;
  };
  if (const auto file = own_index(repository_)) {
    for (auto& [path, entry] : found) {
      for (const IndexEntry& staged : file->entries_at(path.bytes())) {
        note(entry, staged.stage, {staged.mode, staged.oid()});
        entry.intent_to_add = entry.intent_to_add || staged.intent_to_add;
      }
    }
  } else {
    for (const StagedEntry& staged : list_index(repository_, paths)) {
      const auto place = found.find(staged.path);
      if (place != found.end()) note(place->second, staged.stage, staged.entry);
    }
    mark_intents(repository_, found);
  }
  for (std::size_t i = 0; i < paths.size(); ++i) entries[i] = found.at(paths[i]);
  return entries;
}

bool RealIndex::has_in_the_way(const RepoPath& path, const std::set<RepoPath>& removed) const {
  const auto file = own_index(repository_);
  if (!file) return false;
  const auto stays = [&](std::string_view there) {
    return !removed.contains(RepoPath(std::string(there)));
  };
  const std::string& bytes = path.bytes();
  for (std::size_t slash = bytes.find('/'); slash != std::string::npos;
       slash = bytes.find('/', slash + 1)) {
    const std::string_view above = std::string_view(bytes).substr(0, slash);
    if (file->contains(above) && stays(above)) return true;
  }
  const auto below = file->entries_below(bytes);
  return std::any_of(below.begin(), below.end(),
                     [&](const IndexEntry& entry) { return stays(entry.path); });
}

namespace {

// Git marks an intent to add from a file, of which only the mode counts.
void add_intents(const Repository& repository, const std::string& scratch,
                 const std::vector<IndexChange>& intents, ProcessOptions options) {
  if (intents.empty()) return;
  const TemporaryDirectory top(scratch);
  for (const IndexChange& intent : intents) {
    const std::string file = join_path(top.path(), intent.path.bytes());
    make_directories(parent_directory(file));
    if (intent.entry.mode == FileMode::Symlink) {
      if (::symlink("any", file.c_str()) != 0) throw system_error("write", file, errno);
    } else {
      write_file_unsynced(file, "", intent.entry.mode == FileMode::Executable ? 0777 : 0666);
    }
    options.input += intent.path.bytes() + '\0';
  }
  options.environment["GIT_WORK_TREE"] = top.path();
  options.environment["GIT_DIR"] = repository.git_dir();
  const ProcessResult result =
      GitCommand(top.path())
          .run({"--literal-pathspecs", "-c", "core.sparseCheckout=false", "-c",
                "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "add", "--intent-to-add",
                "--force", "--pathspec-from-file=-", "--pathspec-file-nul"},
               options);
  if (!result.ok()) throw git_failure("add", result);
}

constexpr const char* kNextIndex = "next-index";
}  // namespace

std::string RealIndex::next_index() const {
  return join_path(scratch_, kNextIndex);
}

void RealIndex::prepare(const std::vector<IndexChange>& changes) {
  if (changes.empty()) return;
  const std::string next = next_index();
  remove_file(next);
  remove_file(next + ".lock");
  const std::optional<struct stat> before = status_of(index_);
  // Git puts a new file into the place of an index and never writes into the old one, so that a
  // second name of it is a copy.
  if (::link(index_.c_str(), next.c_str()) != 0) copy_index(index_, next);
  ProcessOptions options;
  // The user's own index settings apply: it becomes the repository's index.
  options.environment["GIT_INDEX_FILE"] = next;
  std::vector<IndexChange> plain = changes;
  std::vector<IndexChange> intents;
  for (IndexChange& change : plain) {
    if (!change.entry.present() || !change.entry.oid.is_null()) continue;
    intents.push_back(change);
    change.entry = {};
  }
  options.input = index_info(plain);
  require_indexed("update-index",
                  repository_.git().run({"update-index", "-z", "--index-info"}, options));
  options.input.clear();
  add_intents(repository_, scratch_, intents, options);
  keep_index_flags(repository_.git(), index_, next, options);
  if (before) ::chmod(next.c_str(), before->st_mode & 07777U);
  sync_files(scratch_, {kNextIndex});  // git reads no index that a power loss has left empty
  prepared_ = true;
}

void RealIndex::put_in_place() {
  if (!prepared_) return;
  prepared_ = false;
  if (std::rename(next_index().c_str(), index_.c_str()) != 0)
    throw system_error("write", index_, errno);
  // Where git had nothing to write, both are names of one file, and rename(2) does nothing.
  ::unlink(next_index().c_str());
}

}  // namespace gs::git
