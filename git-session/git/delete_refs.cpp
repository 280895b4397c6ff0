#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <set>
#include <thread>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/file_lock.h"
#include "base/text.h"
#include "git/commit/hooks.h"
#include "git/durable.h"
#include "git/libgit2.h"
#include "git/ref_locks.h"
#include "git/refs.h"

// Refs are files here, and their locks and order are git's (refs/files-backend.c): <ref>.lock for
// each ref, packed-refs.lock so that nobody packs what is going to be deleted, packed-refs
// replaced, and only then the loose files removed, whose old values would reappear otherwise.
namespace gs::git {
namespace {

constexpr std::chrono::milliseconds kPause{20};
constexpr int kMostPauses = 100;
constexpr ListLock kOneAtATime{"refs", "the refs of the snapshots", ListLock::Of::Repository};

// Git cannot do anything about a lock that is left behind, so no signal ends the process meanwhile.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM}) sigaddset(&ending, signal);
    pthread_sigmask(SIG_BLOCK, &ending, &before_);
  }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

struct Item {
  const RefDeletion* deletion = nullptr;
  std::string path;  // below the directory of the prefix
  bool locked = false;
  bool loose = false;
  bool packed = false;
  bool for_git = false;  // a symbolic ref, or a file that is none
  std::string failure = {};

  [[nodiscard]] bool goes() const { return locked && !for_git && failure.empty(); }
  void compare(std::string_view hex) {
    if (hex != deletion->expected.hex()) failure = "it points at " + std::string(hex) + " now";
  }
};

class Transaction {
 public:
  Transaction(const Repository& repository, const std::vector<RefDeletion>& deletions,
              std::string_view prefix);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() { unlock(); }

  // Throws, with nothing deleted, if packed-refs cannot be locked or replaced.
  void run();
  [[nodiscard]] const std::vector<Item>& items() const { return items_; }

 private:
  void lock_refs();
  [[nodiscard]] Taken lock(Item& item) const;
  void lock_packed_refs();
  void read_loose();
  void replace_packed_refs();
  void remove_loose();
  void unlock();

  const Repository& repository_;
  std::string prefix_;
  std::string mark_;
  FileLock one_at_a_time_;
  SignalsHeld signals_held_;
  UniqueFd base_;  // the directory of the prefix
  std::vector<Item> items_;
  bool packed_locked_ = false;
};

Transaction::Transaction(const Repository& repository, const std::vector<RefDeletion>& deletions,
                         std::string_view prefix)
    : repository_(repository),
      prefix_(prefix),
      mark_(mark_of_locks(repository)),
      one_at_a_time_(lock_list(repository, kOneAtATime)) {
  const std::string base = join_path(repository.common_dir(), prefix_);
  make_directories(base);
  base_ = UniqueFd(open(base.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!base_.valid()) throw system_error("open", base, errno);
  items_.reserve(deletions.size());
  for (const RefDeletion& deletion : deletions)
    items_.push_back({.deletion = &deletion, .path = deletion.name.substr(prefix.size())});
}

void Transaction::run() {
  lock_refs();
  lock_packed_refs();
  read_loose();
  replace_packed_refs();
  remove_loose();
  unlock();
}

Taken Transaction::lock(Item& item) const {
  const std::string name = item.path + ".lock";
  int failure = 0;
  Taken taken = take_lock(mark_, base_.get(), name, failure);
  // Git removes empty directories, also one that was just made.
  for (int attempts = 3; taken == Taken::Failed && failure == ENOENT && attempts > 0; --attempts) {
    for (std::size_t slash = name.find('/'); slash != std::string::npos;
         slash = name.find('/', slash + 1)) {
      (void)mkdirat(base_.get(), name.substr(0, slash).c_str(), 0777);
    }
    taken = take_lock(mark_, base_.get(), name, failure);
  }
  item.locked = taken == Taken::Yes;
  item.failure = item.locked ? "" : system_error("lock", item.deletion->name, failure).message();
  return taken;
}

void Transaction::lock_refs() {
  std::vector<Item*> busy;
  for (Item& item : items_) {
    if (lock(item) == Taken::Busy) busy.push_back(&item);
  }
  if (busy.empty()) return;
  std::vector<std::string> names;
  for (const Item* item : busy) names.push_back(item->deletion->name);
  const HeldLocks held(repository_, names);
  const auto try_again = [&] {
    std::erase_if(busy, [&](Item* item) { return lock(*item) != Taken::Busy; });
  };
  for (int pauses = 0; !busy.empty() && pauses < kMostPauses; ++pauses) {
    std::this_thread::sleep_for(kPause);
    try_again();
  }
  if (!busy.empty() && held.remove_stale()) try_again();
}

void Transaction::lock_packed_refs() {
  const std::string name = packed_refs(repository_) + ".lock";
  int failure = 0;
  for (int pauses = 0;; ++pauses) {
    const Taken taken = take_lock(mark_, AT_FDCWD, name, failure);
    packed_locked_ = taken == Taken::Yes;
    if (packed_locked_) return;
    if (taken == Taken::Failed) throw system_error("lock", name, failure);
    if (pauses == kMostPauses) break;
    std::this_thread::sleep_for(kPause);
  }
  throw fatal("cannot delete refs: '" + name + "' exists")
      .with_hint("another git command is using the repository; if none is, remove that lock file");
}

void Transaction::read_loose() {
  constexpr std::size_t kHex = ObjectId::kSize * 2;
  std::array<char, kHex + 2> bytes{};
  for (Item& item : items_) {
    if (!item.locked) continue;
    const UniqueFd file(
        openat(base_.get(), item.path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.valid() && (errno == ENOENT || errno == ENOTDIR)) continue;
    const ssize_t count = file.valid() ? read(file.get(), bytes.data(), bytes.size()) : -1;
    if (count < 0 && errno == EISDIR) continue;
    const std::string_view text(bytes.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
    item.for_git =
        text.size() != kHex + 1 || !text.ends_with('\n') || !ObjectId::parse(text.substr(0, kHex));
    item.loose = !item.for_git;
    if (item.loose) item.compare(text.substr(0, kHex));
  }
}

void Transaction::replace_packed_refs() {
  const std::string path = packed_refs(repository_);
  const auto content = read_file_if_exists(path);
  if (!content) return;
  std::unordered_map<std::string_view, Item*> items;
  for (Item& item : items_) {
    if (item.goes()) items.emplace(item.deletion->name, &item);
  }
  // "<hex> <ref>" with, if it is a tag, "^<hex>" in the next line; comments before all.
  std::string kept;
  kept.reserve(content->size());
  bool left_out = false;
  for (std::size_t at = 0; at < content->size();) {
    const std::size_t end = std::min(content->find('\n', at), content->size() - 1) + 1;
    const std::string_view line(content->data() + at, end - at);
    at = end;
    if (!line.starts_with('^')) {
      left_out = false;
      const std::size_t space = line.find(' ');
      const std::string_view name =
          space == std::string_view::npos ? "" : trim(line.substr(space + 1));
      const auto found = name.starts_with(prefix_) ? items.find(name) : items.end();
      if (found != items.end()) {
        Item& item = *found->second;
        if (!item.loose) item.compare(line.substr(0, space));
        item.packed = left_out = item.goes();
      }
    }
    if (!left_out) kept += line;
  }
  if (kept.size() == content->size()) return;

  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) throw system_error("read", path, errno);
  const std::string scratch = join_path(repository_.common_dir(), "git-session/temp");
  make_directories(scratch);
  const std::string name = new_temp_file_name();
  const std::string made = join_path(scratch, name);
  write_file_unsynced(made, kept, status.st_mode & 07777U);
  try {
    if (chmod(made.c_str(), status.st_mode & 07777U) != 0) throw system_error("write", made, errno);
    sync_files(scratch, {name});
    if (std::rename(made.c_str(), path.c_str()) != 0) throw system_error("write", path, errno);
  } catch (...) {
    ::unlink(made.c_str());
    throw;
  }
  sync_directory_of(path);
}

void Transaction::remove_loose() {
  for (Item& item : items_) {
    if (!item.goes() || !item.loose) continue;
    if (unlinkat(base_.get(), item.path.c_str(), 0) != 0 && errno != ENOENT)
      item.failure = system_error("remove", item.deletion->name, errno).message();
  }
}

void Transaction::unlock() {
  std::set<std::string_view, std::greater<>> directories;  // the deepest of a branch first
  for (Item& item : items_) {
    if (!item.locked) continue;
    item.locked = false;
    ::unlinkat(base_.get(), (item.path + ".lock").c_str(), 0);
    const std::string_view path = item.path;
    for (std::size_t slash = path.rfind('/'); slash != std::string_view::npos && slash > 0;
         slash = path.rfind('/', slash - 1)) {
      if (!directories.insert(path.substr(0, slash)).second) break;
    }
  }
  if (packed_locked_) ::unlink((packed_refs(repository_) + ".lock").c_str());
  packed_locked_ = false;
  for (const std::string_view directory : directories)
    ::unlinkat(base_.get(), std::string(directory).c_str(), AT_REMOVEDIR);
}

// What only git does: hooks on transactions, reflogs, a packed-refs that is a link.
bool is_for_git(const Repository& repository, std::string_view prefix) {
  if (CommitHooks(repository).exists("reference-transaction")) return true;
  if (file_info(join_path(repository.common_dir(), "logs/" + std::string(prefix)))) return true;
  const auto packed = file_info(packed_refs(repository));
  return packed && packed->type == FileType::Symlink;
}

std::string with_hint(const Error& error) {
  return error.message() + (error.hint().empty() ? "" : " (" + error.hint() + ")");
}

// Takes the refs that git's message names out of the batch ("cannot lock ref 'refs/…': …"); false
// if there are none.
bool set_aside(std::vector<RefDeletion>& deletions, const std::string& words,
               std::vector<UndeletedRef>& undeleted) {
  const auto removed = std::erase_if(deletions, [&](const RefDeletion& deletion) {
    if (words.find("'" + deletion.name + "'") == std::string::npos) return false;
    undeleted.push_back({deletion.name, words});
    return true;
  });
  return removed > 0;
}

ProcessResult run_git(const Repository& repository, const std::vector<RefDeletion>& deletions) {
  ProcessOptions options;
  std::vector<std::string> names;
  for (const RefDeletion& deletion : deletions) {
    options.input += "delete " + deletion.name + '\0' + deletion.expected.hex() + '\0';
    names.push_back(deletion.name);
  }
  const HeldLocks locks(repository, names);
  // Else git looks, in six places for each id, for a ref that is named like it.
  const std::vector<std::string> arguments =
      syncing(repository,
              {"-c", "core.warnAmbiguousRefs=false", "update-ref", "--no-deref", "--stdin", "-z"});
  ProcessResult result = run_until_unlocked(repository.git(), arguments, options);
  if (failed_on_a_lock(result) && locks.remove_stale())
    result = run_until_unlocked(repository.git(), arguments, options);
  return result;
}

// One failing ref must not keep the others. Bounded, since git waits for a lock each time.
std::vector<UndeletedRef> delete_with_git(const Repository& repository,
                                          std::vector<RefDeletion> deletions) {
  std::vector<UndeletedRef> undeleted;
  std::string words;
  for (int attempts = 8; attempts > 0 && !deletions.empty(); --attempts) {
    const ProcessResult result = run_git(repository, deletions);
    if (result.ok()) return undeleted;
    words = with_hint(git_failure("update-ref", result));
    if (!set_aside(deletions, words, undeleted)) break;
  }
  for (const RefDeletion& deletion : deletions) undeleted.push_back({deletion.name, words});
  return undeleted;
}

void require_deletable(const RefDeletion& deletion, std::string_view required_prefix) {
  const bool allowed = required_prefix.ends_with('/') &&
                       deletion.name.starts_with(required_prefix) &&
                       is_valid_ref_name(deletion.name);
  if (!allowed) {
    throw refused("will not delete '" + deletion.name + "': it is not a ref below '" +
                  std::string(required_prefix) + "'");
  }
}

}  // namespace

std::vector<UndeletedRef> delete_refs(const Repository& repository,
                                      const std::vector<RefDeletion>& deletions,
                                      std::string_view required_prefix) {
  for (const RefDeletion& deletion : deletions) require_deletable(deletion, required_prefix);
  if (deletions.empty()) return {};
  if (is_for_git(repository, required_prefix)) return delete_with_git(repository, deletions);
  std::vector<UndeletedRef> undeleted;
  std::vector<RefDeletion> for_git;
  try {
    Transaction transaction(repository, deletions, required_prefix);
    transaction.run();
    for (const Item& item : transaction.items()) {
      if (item.for_git) {
        for_git.push_back(*item.deletion);
      } else if (!item.failure.empty()) {
        undeleted.push_back({item.deletion->name, item.failure});
      }
    }
  } catch (const Error& error) {
    for (const RefDeletion& deletion : deletions)
      undeleted.push_back({deletion.name, with_hint(error)});
    return undeleted;
  }
  const std::vector<UndeletedRef> by_git = delete_with_git(repository, std::move(for_git));
  undeleted.insert(undeleted.end(), by_git.begin(), by_git.end());
  return undeleted;
}

}  // namespace gs::git
