#include "git/status/worktree_walk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>
#include <utility>

#include "base/file/file.h"
#include "base/text.h"
#include "git/status/directory_listing.h"

namespace gs::git {
namespace {

constexpr std::string_view kIgnoreFile = ".gitignore";
constexpr const char* kAttributesFile = ".gitattributes";

// What to look for in a directory.
enum class Look { Everything, Tracked, Untracked };

struct Task {
  std::string directory;            // "" or "a/b/"
  std::size_t first = 0, last = 0;  // the index entries below it
  IgnoreRules::Pointer rules;       // of the directories above
  Look look = Look::Everything;
};

// Directories waiting for a walker; ends when none is waiting and every walker is idle.
class TaskQueue {
 public:
  void push(Task task) {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
      ++open_;
    }
    ready_.notify_one();
  }
  bool pop(Task& task) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [this] { return !tasks_.empty() || open_ == 0; });
    if (tasks_.empty()) return false;
    task = std::move(tasks_.back());
    tasks_.pop_back();
    return true;
  }
  void done() {
    const std::lock_guard lock(mutex_);
    if (--open_ == 0) ready_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::vector<Task> tasks_;
  std::size_t open_ = 0;  // waiting or in progress
};

// Shared by all walkers, and only read.
struct Place {
  const std::string& top;
  int fd = -1;  // of `top`
  const IndexFile& index;
  StatRules stat_rules;
};

class Walker {
 public:
  Walker(const Place& place, TaskQueue& queue) : place_(place), queue_(queue) {}

  void run() {
    Task task;
    while (queue_.pop(task)) {
      try {
        if (result.understood) walk(task);
      } catch (const std::exception&) {
        result.understood = false;  // git's own message is better than ours
      }
      queue_.done();
    }
  }

  Walked result;

 private:
  [[nodiscard]] const std::vector<IndexEntry>& entries() const { return place_.index.entries(); }

  void walk(Task& task) {
    DirectoryListing listing;
    if (!listing.read(place_.fd, task.directory.empty() ? "." : task.directory)) {
      const bool gone = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
      if (!gone) result.understood = false;
      if (gone && task.look != Look::Untracked) add_gone(task.first, task.last);
      return;
    }
    if (listing.has_git() && task.first == task.last && !task.directory.empty()) {
      add_nested(task);
      return;
    }
    if (listing.has_special(kAttributesFile)) refuse(task.directory + kAttributesFile);
    if (task.look != Look::Tracked) read_ignore_file(task, listing);
    merge(task, listing);
  }

  void add_nested(const Task& task) {
    std::string path = task.directory.substr(0, task.directory.size() - 1);
    if (nested_repository(join_path(place_.top, path)) == Nested::Repository) {
      result.nested_repositories.push_back(std::move(path));
    } else {
      result.understood = false;
    }
  }

  // Git waits forever at a FIFO of these names.
  void refuse(const std::string& path) {
    result.refused = fatal("'" + quote_path(path) + "' is not a regular file")
                         .with_hint("git reads it too: remove it");
    result.understood = false;
  }

  void read_ignore_file(Task& task, const DirectoryListing& listing) {
    const DirectoryListing::Name* found = listing.find(kIgnoreFile);
    if (found == nullptr) return;
    const std::string name = task.directory + std::string(kIgnoreFile);
    if (!found->storable) return refuse(name);
    const std::string path = join_path(place_.top, name);
    // Git does not follow a link here, and says so.
    const auto info = file_info(path);
    const bool is_file =
        info && (info->type == FileType::Regular || info->type == FileType::Executable);
    const std::uint64_t above = task.rules ? task.rules->bytes() : 0;
    if (is_file && info->size + above > IgnoreRules::kMostBytes) {
      result.refused = fatal("'" + quote_path(name) + "' has too many ignore rules: more than " +
                             std::to_string(IgnoreRules::kMostBytes >> 20U) +
                             " MiB, with those of the directories above");
      result.understood = false;
      return;
    }
    const auto content = is_file ? read_file_if_exists(path) : std::nullopt;
    if (content) {
      task.rules = IgnoreRules::read(*content, task.directory, task.rules);
    } else {
      result.understood = false;
    }
  }

  // Walks names and index entries side by side; both are in index order.
  void merge(const Task& task, const DirectoryListing& listing) {
    auto name = listing.names().begin();
    const auto end = listing.names().end();
    std::size_t at = task.first;
    while (at < task.last || name != end) {
      if (at == task.last) {
        add_untracked(task, *name++);
        continue;
      }
      const std::string_view rest = entries()[at].path.substr(task.directory.size());
      const std::size_t slash = rest.find('/');
      const bool is_directory = slash != rest.npos;
      const std::string_view key = is_directory ? rest.substr(0, slash + 1) : rest;
      const int order = name == end ? 1 : name->text.compare(key);
      if (order < 0) {
        add_untracked(task, *name++);
        continue;
      }
      const bool listed = order == 0;
      const std::size_t next =
          is_directory ? end_of_directory(task, at, key) : end_of_file(task, at);
      if (is_directory) {
        if (listed) {
          enter_tracked(task, key, at, next);
        } else if (task.look != Look::Untracked) {
          add_missing(listing.fd(), std::string(key), at, next);
        }
      } else if (task.look != Look::Untracked) {
        compare(listing.fd(), rest.data(), at);
      }
      if (listed) ++name;
      at = next;
    }
  }

  // The first entry that is not a stage of the file at `at`.
  [[nodiscard]] std::size_t end_of_file(const Task& task, std::size_t at) const {
    std::size_t next = at + 1;
    while (next < task.last && entries()[next].stage != 0 &&
           entries()[next].path == entries()[at].path) {
      ++next;
    }
    return next;
  }

  // The first entry that is not below `key`.
  [[nodiscard]] std::size_t end_of_directory(const Task& task, std::size_t at,
                                             std::string_view key) const {
    const auto start = entries().begin() + static_cast<std::ptrdiff_t>(at);
    const auto stop = entries().begin() + static_cast<std::ptrdiff_t>(task.last);
    const auto is_below = [&](const IndexEntry& entry) {
      return entry.path.substr(task.directory.size()).starts_with(key);
    };
    return static_cast<std::size_t>(std::partition_point(start, stop, is_below) -
                                    entries().begin());
  }

  // If names can be listed but not checked, git does not treat missing ones as deleted.
  void add_missing(int directory, const std::string& name, std::size_t first, std::size_t last) {
    struct stat status {};
    if (::fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 && errno == EACCES) {
      result.understood = false;
    } else {
      add_gone(first, last);
    }
  }

  void enter_tracked(const Task& task, std::string_view key, std::size_t first, std::size_t last) {
    Task below{task.directory + std::string(key), first, last, task.rules, task.look};
    if (task.look != Look::Tracked) {
      const std::string path = below.directory.substr(0, below.directory.size() - 1);
      const Ignored ignored = task.rules ? task.rules->match(path, true) : Ignored::No;
      if (ignored == Ignored::GitKnows) {
        result.undecided.push_back({path, task.rules, first, last, true});
      }
      // Untracked files in an ignored directory are ignored, even if others in it are tracked.
      if (ignored != Ignored::No) below.look = Look::Tracked;
      if (ignored != Ignored::No && task.look == Look::Untracked) return;
    }
    queue_.push(std::move(below));
  }

  void add_untracked(const Task& task, const DirectoryListing::Name& name) {
    if (task.look == Look::Tracked) return;
    std::string path = task.directory + std::string(name.text);
    const bool is_directory = name.is_directory();
    if (is_directory) path.pop_back();
    if (is_directory && is_gitlink(task, path)) return;
    switch (task.rules ? task.rules->match(path, is_directory) : Ignored::No) {
      case Ignored::Yes:
        break;
      case Ignored::GitKnows:
        result.undecided.push_back(
            {std::move(path), task.rules, 0, 0, is_directory, !name.storable});
        break;
      case Ignored::No:
        if (is_directory) {
          queue_.push({path + '/', 0, 0, task.rules, Look::Untracked});
        } else {
          (name.storable ? result.untracked : result.special).push_back(std::move(path));
        }
    }
  }

  [[nodiscard]] bool is_gitlink(const Task& task, std::string_view path) const {
    const auto start = entries().begin() + static_cast<std::ptrdiff_t>(task.first);
    const auto stop = entries().begin() + static_cast<std::ptrdiff_t>(task.last);
    const auto found = std::lower_bound(
        start, stop, path,
        [](const IndexEntry& entry, std::string_view text) { return entry.path < text; });
    return found != stop && found->path == path && found->mode == FileMode::Gitlink;
  }

  // `at` is the first of the path's stages; `name` its last segment.
  void compare(int directory, const char* name, std::size_t at) {
    const IndexEntry& entry = entries()[at];
    if (entry.assume_unchanged && entry.stage == 0 && !entry.skip_worktree) return;
    struct stat status {};
    if (::fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      const bool gone = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
      if (!gone) result.understood = false;
      if (gone) add_gone(at, at + 1);
      return;
    }
    if (entry.skip_worktree) {
      // Git first takes an existing file out of the sparse part.
      if (place_.stat_rules.sparse_checkout || name == kIgnoreFile) result.understood = false;
      return;
    }
    if (S_ISDIR(status.st_mode)) {
      compare_directory(directory, name, at);
    } else if (entry.mode == FileMode::Gitlink) {
      // A file replaced a submodule: git decides.
      result.understood = false;
    } else if (entry.stage != 0 || entry.intent_to_add) {
      result.entries.push_back({at, mode_of(entry, status, place_.stat_rules), false});
    } else {
      const StatMatch match = match_stat(entry, status, place_.stat_rules, place_.index.modified());
      if (match == StatMatch::Same) return;
      result.entries.push_back(
          {at, mode_of(entry, status, place_.stat_rules), match == StatMatch::ContentKnows});
    }
  }

  // A submodule that is not checked out is not a change; a file replaced by a directory is gone.
  void compare_directory(int directory, const std::string& name, std::size_t at) {
    struct stat status {};
    const bool has_git =
        ::fstatat(directory, (name + "/.git").c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    const bool unknown = has_git || errno != ENOENT;
    const bool gitlink = entries()[at].mode == FileMode::Gitlink;
    if (!unknown && !gitlink) {
      add_gone(at, at + 1);
    } else if (unknown || entries()[at].stage != 0) {
      result.understood = false;
    }
  }

  void add_gone(std::size_t first, std::size_t last) {
    for (std::size_t at = first; at < last; ++at) {
      const IndexEntry& entry = entries()[at];
      if (entry.skip_worktree && entry.path.ends_with(kIgnoreFile)) result.understood = false;
      if (entry.skip_worktree || (entry.assume_unchanged && entry.stage == 0)) continue;
      if (entry.mode == FileMode::Gitlink && entry.stage != 0) result.understood = false;
      const bool later_stage = at > 0 && entry.stage != 0 && entries()[at - 1].path == entry.path;
      if (!later_stage) result.entries.push_back({at, FileMode::None, false});
    }
  }

  const Place& place_;
  TaskQueue& queue_;
};

template <typename T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

Walked run_walkers(const Place& place, TaskQueue& queue, std::size_t threads) {
  std::vector<Walker> walkers(threads, Walker(place, queue));
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back([&, i] { walkers[i].run(); });
  walkers[0].run();
  for (std::thread& other : others) other.join();
  Walked all = std::move(walkers[0].result);
  for (std::size_t i = 1; i < threads; ++i) {
    Walked& more = walkers[i].result;
    all.understood = all.understood && more.understood;
    if (!all.refused) all.refused = more.refused;
    append(all.entries, more.entries);
    append(all.untracked, more.untracked);
    append(all.nested_repositories, more.nested_repositories);
    append(all.special, more.special);
    append(all.undecided, more.undecided);
  }
  return all;
}

Walked walk(const std::string& top, const IndexFile& index, const StatRules& stat_rules,
            TaskQueue& queue, std::size_t threads) {
  const UniqueFd fd(::open(top.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.valid()) {
    Walked nothing;
    nothing.understood = false;
    return nothing;
  }
  return run_walkers({top, fd.get(), index, stat_rules}, queue, threads);
}

}  // namespace

Walked walk_worktree(const std::string& top, const IndexFile& index, const StatRules& stat_rules,
                     IgnoreRules::Pointer everywhere) {
  // A thread costs about as much as fifty files.
  constexpr std::size_t kFewFiles = 1000;
  const std::size_t files = index.entries().size();
  const bool alone = files < kFewFiles || std::thread::hardware_concurrency() < 2;
  TaskQueue queue;
  queue.push({"", 0, files, std::move(everywhere), Look::Everything});
  return walk(top, index, stat_rules, queue, alone ? 1 : 2);
}

Walked walk_untracked(const std::string& top, const IndexFile& index,
                      const std::vector<Undecided>& directories) {
  TaskQueue queue;
  for (const Undecided& directory : directories) {
    queue.push(
        {directory.path + '/', directory.first, directory.last, directory.rules, Look::Untracked});
  }
  return walk(top, index, {}, queue, 1);
}

}  // namespace gs::git
