#include "git/temporary_worktree.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <utility>

#include "base/error.h"
#include "base/process/process.h"
#include "base/text.h"
#include "git/checkout.h"
#include "git/config/values.h"
#include "git/libgit2.h"

namespace gs::git {

namespace {

constexpr std::string_view kDirectory = "git-session/gates";

std::string notes_of(const std::string& common_dir) {
  return join_path(common_dir, "git-session/gate-trees");
}

bool is_within(const std::string& path, const std::string& directory) {
  return path == directory || path.starts_with(directory == "/" ? directory : directory + '/');
}

// A new file in `directory` that only this process has locked.
UniqueFd make_locked_file(const std::string& directory, std::string& path) {
  make_directories(directory);
  while (true) {
    path = join_path(directory, new_temp_file_name());
    UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!fd.valid() && errno == EEXIST) continue;
    if (!fd.valid()) throw system_error("create", path, errno);
    struct stat status {};
    // A file system without locks has none for the others either: then they leave it alone.
    const bool locked = flock(fd.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    // Another process may have taken it for a killed one's before it was locked.
    if (locked && fstat(fd.get(), &status) == 0 && status.st_nlink > 0) return fd;
  }
}

// git's records of a linked worktree whose directory is below `top`: worktrees/<id>, which `git
// worktree remove` deletes the same way, but only while the worktree's own files are intact.
void remove_records(const std::string& common_dir, const std::string& top) {
  const std::string all = join_path(common_dir, "worktrees");
  for (const std::string& name : list_directory(all)) {
    const std::string records = join_path(all, name);
    const auto link = path_in_file(records, "gitdir");
    if (link && is_within(normalize_path(*link), top)) remove_tree(records);
  }
  (void)::rmdir(all.c_str());  // as git does: if it was the last one
}

void discard(const std::string& common_dir, const std::string& note, const std::string& top) {
  remove_tree(top);
  remove_records(common_dir, top);
  remove_file(note);
}

// The directory that a note names, if it is one of ours: whoever wrote the git directory does not
// choose what is removed.
bool is_ours(const std::string& top, const std::string& note_name) {
  return top.starts_with('/') && normalize_path(top) == top &&
         top.ends_with("/" + std::string(kDirectory) + "/" + note_name.substr(1));
}

// A shared directory of temporary files may hold one of that name that another user has made.
std::string own_temporary_directory() {
  const std::string temporary = environment_variable("TMPDIR").value_or("");
  const std::string shared = temporary.starts_with('/') ? temporary : "/tmp";
  return join_path(resolve_symlinks(shared).value_or(shared),
                   "git-session-" + std::to_string(geteuid()));
}

void make_place(const std::string& place) {
  const std::string own = own_temporary_directory();
  if (is_within(place, own)) {
    struct stat status {};
    if (mkdir(own.c_str(), S_IRWXU) != 0 && errno != EEXIST)
      throw system_error("create", own, errno);
    if (lstat(own.c_str(), &status) != 0) throw system_error("read", own, errno);
    if (!S_ISDIR(status.st_mode) || status.st_uid != geteuid() ||
        (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
      throw fatal("'" + own + "' is not a directory of this user's alone");
  }
  make_directories(place);
}

GitCommand::Environment apart_from_the_repository() {
  GitCommand::Environment environment;
  for (const char* name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR",
                           "GIT_PREFIX", "GIT_IMPLICIT_WORK_TREE"}) {
    environment[name] = std::nullopt;
  }
  // A partial clone would fetch what it lacks. Older versions of git know only the second.
  environment["GIT_NO_LAZY_FETCH"] = "1";
  environment["GIT_ALLOW_PROTOCOL"] = "none";
  return environment;
}

bool is_partial_clone(const std::vector<ConfigValue>& configuration) {
  return last_value(configuration, "extensions.partialclone").has_value() ||
         std::any_of(configuration.begin(), configuration.end(), [](const ConfigValue& value) {
           return value.key.starts_with("remote.") && value.key.ends_with(".promisor");
         });
}

// Git before 2.36 does not bring them along.
void bring_sparse_patterns(const std::string& from, const std::string& to) {
  const std::string name = "info/sparse-checkout";
  const auto patterns = read_file_if_exists(join_path(from, name));
  if (!patterns || file_info(join_path(to, name))) return;
  make_directories(join_path(to, "info"));
  write_file_unsynced(join_path(to, name), *patterns);
}

void add_setting(std::vector<std::string>& args, const std::string& setting) {
  args.insert(args.end(), {"-c", setting});
}

}  // namespace

std::string directory_of_temporary_worktrees(const std::string& work_tree) {
  std::vector<std::string> places;
  const auto cache = environment_variable("XDG_CACHE_HOME");
  if (cache && cache->starts_with('/')) places.push_back(*cache);
  const auto home = environment_variable("HOME");
  if (home && home->starts_with('/')) places.push_back(join_path(*home, ".cache"));
  for (const std::string& place : places) {
    const auto real = resolve_symlinks(place);
    if (real && !is_within(*real, work_tree)) return join_path(*real, kDirectory);
  }
  return join_path(own_temporary_directory(), kDirectory);
}

bool is_temporary_worktree(const std::string& path) {
  const std::string top = parent_directory(path);
  const std::string name = top.substr(top.rfind('/') + 1);
  return is_temp_file_name("." + name) && is_ours(top, "." + name);
}

TemporaryWorktree::TemporaryWorktree(const Repository& repository, const ObjectId& tree)
    : common_dir_(repository.common_dir()) {
  lock_ = make_locked_file(notes_of(common_dir_), note_);
  const std::string place = directory_of_temporary_worktrees(repository.work_tree());
  const std::string note_name = note_.substr(note_.rfind('/') + 1);
  top_ = join_path(place, note_name.substr(1));
  const std::string& work_tree = repository.work_tree();
  path_ = join_path(top_, work_tree == "/" ? "tree" : work_tree.substr(work_tree.rfind('/') + 1));
  try {
    if (const int error = write_fully(lock_.get(), top_); error != 0)
      throw system_error("write", note_, error);
    make_place(place);
    if (mkdir(top_.c_str(), S_IRWXU) != 0) throw system_error("create", top_, errno);
    check_out(repository, tree);
  } catch (...) {
    try {
      discard(common_dir_, note_, top_);
    } catch (const Error&) {  // the next time
    }
    throw;
  }
}

TemporaryWorktree::~TemporaryWorktree() {
  try {
    remove();
  } catch (...) {
    return;
  }
}

void TemporaryWorktree::remove() {
  if (top_.empty()) return;
  const std::string top = std::exchange(top_, "");
  discard(common_dir_, note_, top);
}

void TemporaryWorktree::check_out(const Repository& repository, const ObjectId& tree) const {
  const std::vector<ConfigValue>& configuration = repository.impl().configuration();
  const std::optional<ObjectId> head = repository.head().commit;
  const ObjectId commit =
      head ? *head
           : repository.write_commit(repository.edit_tree(Repository::empty_tree(), {}), {},
                                     "empty\n", Timestamp{});
  ProcessOptions options;
  options.environment["GIT_INDEX_FILE"] = std::nullopt;
  // Also reference-transaction and post-index-change are not for this.
  std::vector<std::string> args{"-c", "core.hooksPath=/dev/null"};
  args.insert(args.end(),
              {"worktree", "add", "-q", "--no-checkout", "--detach", path_, commit.hex()});
  (void)repository.git().output(args, options);

  const std::string git_dir = git_dir_at(path_).value_or(path_);
  bring_sparse_patterns(repository.git_dir(), git_dir);
  args = {"-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"};
  for (const char* key : {"core.sparseCheckout", "core.sparseCheckoutCone"}) {
    if (const auto value = last_value(configuration, to_lower(key)))
      add_setting(args, std::string(key) + "=" + *value);
  }
  args.insert(args.end(), {"read-tree", "--reset", "-u", "--no-recurse-submodules", tree.hex()});
  const GitCommand git(path_, apart_from_the_repository());
  const ProcessResult result = git.run(args);
  if (result.ok()) return;
  const Error error = git_failure("read-tree", result);
  if (!is_partial_clone(configuration)) throw error;
  throw fatal(error.message())
      .with_hint(
          "this is a partial clone, and nothing is fetched for the tree that is tested: 'git "
          "checkout' of what is missing fetches it");
}

namespace {

// A file that names a worktree, and that no process has locked. As long as it lives, no other does.
struct StaleNote {
  std::string path;
  UniqueFd lock;
  std::string top;  // "" if what it names is not one of ours
};

void each_stale_note(const Repository& repository,
                     const std::function<void(const StaleNote& note)>& see) {
  const std::string notes = notes_of(repository.common_dir());
  for (const std::string& name : list_directory(notes)) {
    if (!is_temp_file_name(name)) continue;
    StaleNote note;
    note.path = join_path(notes, name);
    note.lock = UniqueFd(::open(note.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!note.lock.valid() || flock(note.lock.get(), LOCK_EX | LOCK_NB) != 0) continue;
    note.top = read_file_if_exists(note.path).value_or("");
    if (!is_ours(note.top, name)) note.top.clear();
    see(note);
  }
}

}  // namespace

std::vector<std::string> stale_worktrees(const Repository& repository) {
  std::vector<std::string> tops;
  each_stale_note(repository, [&tops](const StaleNote& note) {
    if (!note.top.empty() && file_info(note.top)) tops.push_back(note.top);
  });
  return tops;
}

void remove_stale_worktrees(const Repository& repository) {
  try {
    each_stale_note(repository, [&repository](const StaleNote& note) {
      if (note.top.empty()) return remove_file(note.path);
      discard(repository.common_dir(), note.path, note.top);
    });
  } catch (const Error&) {
    return;  // reading a status must not require write permission
  }
}

}  // namespace gs::git
