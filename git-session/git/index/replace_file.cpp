#include "git/index/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <list>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/file/file.h"
#include "base/file/walk.h"

namespace gs::git {

namespace {

constexpr const char* kTempPlaces = "temp-places";
constexpr const char* kSharedScratch = "temp";

std::string own_directory(const Repository& repository) {
  return join_path(repository.git_dir(), "git-session");
}

// A file's new content in the scratch directory, not in its place yet.
class Written {
 public:
  Written(const TreeFiles& tree, std::string scratch, const Replacement& file)
      : scratch_(std::move(scratch)), target_(tree.entry(file.place)), content_(file.content) {
    const std::optional<unsigned> mode = target_.mode();
    make_directories(scratch_);
    write_file_unsynced(next(), content_);
    if (mode && chmod(next().c_str(), *mode) != 0) {
      const int failure = errno;
      ::unlink(next().c_str());  // the destructor does not run
      throw system_error("set the mode of", target_.shown(), failure);
    }
  }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;
  ~Written() {
    if (!done_) ::unlink(next().c_str());
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const WritableFile& target() const { return target_; }

  void put_in_place() {
    (void)target_.mode();  // no link or other thing has taken its place
    if (renameat(AT_FDCWD, next().c_str(), target_.directory(), target_.name().c_str()) == 0) {
      done_ = true;
    } else if (errno == EXDEV) {
      write_beside();
    } else {
      throw system_error("write", target_.shown(), errno);
    }
  }

 private:
  [[nodiscard]] std::string next() const { return join_path(scratch_, name_); }

  void write_beside() const {
    const BesideNote note(scratch_, target_.directory_path(), name_);
    target_.write(content_);
  }

  std::string scratch_;
  WritableFile target_;
  std::string_view content_;
  std::string name_ = new_temp_file_name();
  bool done_ = false;
};

}  // namespace

BesideNote::BesideNote(const std::string& scratch, const std::string& directory,
                       const std::string& name) {
  const std::string places = join_path(parent_directory(scratch), kTempPlaces);
  make_directories(places);
  place_ = join_path(places, name);
  write_file_atomically(place_, directory);
}

BesideNote::~BesideNote() {
  ::unlink(place_.c_str());
}

std::string shared_scratch(const Repository& repository) {
  return join_path(own_directory(repository), kSharedScratch);
}

void replace_files(const TreeFiles& tree, const std::string& scratch,
                   const std::vector<Replacement>& files) {
  std::list<Written> written;
  std::vector<std::string> names;
  for (const Replacement& file : files)
    names.push_back(written.emplace_back(tree, scratch, file).name());
  sync_files(scratch, names);
  std::map<std::string, const WritableFile*> directories;
  for (Written& file : written) {
    file.put_in_place();
    directories[file.target().directory_path()] = &file.target();
  }
  for (const auto& [path, entry] : directories) entry->sync_directory();
}

void replace_file(const TreeFiles& tree, const std::string& scratch, const FilePlace& place,
                  std::string_view content) {
  replace_files(tree, scratch, {{place, content}});
}

void replace_file(const Repository& repository, const FilePlace& place, std::string_view content) {
  replace_file(repository.files(), shared_scratch(repository), place, content);
}

void remove_stale_temp_files(const Repository& repository) {
  const std::string own = own_directory(repository);
  const std::string places = join_path(own, kTempPlaces);
  try {
    gs::remove_stale_temp_files(own);
    gs::remove_stale_temp_files(join_path(own, kSharedScratch));
    for (const std::string& name : list_directory(places)) {
      if (!is_of_dead_process(name)) continue;
      const std::string place = join_path(places, name);
      gs::remove_stale_temp_files(read_file(place));
      remove_file(place);
    }
  } catch (const Error&) {
    return;  // reading a status must not require write permission
  }
}

std::vector<std::string> stale_temp_files(const std::string& git_dir) {
  const std::string own = join_path(git_dir, "git-session");
  const auto open_directory = [&own](const std::string& directory) {
    return ::open(join_path(own, directory).c_str(),
                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  };
  std::vector<std::string> stale;
  std::vector<std::string> notes;
  for (const std::string& file :
       walk_directory(open_directory, [](std::string_view) { return true; }).files) {
    if (!is_of_dead_process(file.substr(file.rfind('/') + 1))) continue;
    const std::string path = join_path(own, file);
    if (!file.starts_with(std::string(kTempPlaces) + "/")) {
      // A worktree of a close has its own way to be removed.
      if (!file.starts_with("gate-trees/")) stale.push_back(path);
      continue;
    }
    notes.push_back(path);
    const std::string place = read_file(path);
    for (const std::string& name : list_directory(place)) {
      if (is_of_dead_process(name)) stale.push_back(join_path(place, name));
    }
  }
  stale.insert(stale.end(), notes.begin(), notes.end());
  return stale;
}

}  // namespace gs::git
