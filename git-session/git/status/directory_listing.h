#pragma once

#include <dirent.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gs::git {

// The names in a directory in index order, where a directory's ends in '/'. Without ".", ".." and
// ".git".
class DirectoryListing {
 public:
  struct Name {
    std::string_view text;
    bool storable = true;  // a file, a link or a directory, but not a socket or the like

    [[nodiscard]] bool is_directory() const { return text.ends_with('/'); }
  };

  // Opens `path` below the open directory `top`, following no link at its end. False with errno.
  [[nodiscard]] bool read(int top, const std::string& path);

  [[nodiscard]] int fd() const { return ::dirfd(stream_.get()); }
  [[nodiscard]] const std::vector<Name>& names() const { return names_; }
  [[nodiscard]] const Name* find(std::string_view name) const;  // null: there is no such file
  // A FIFO, socket or device of that name.
  [[nodiscard]] bool has_special(std::string_view name) const {
    const Name* found = find(name);
    return found != nullptr && !found->storable;
  }
  [[nodiscard]] bool has_git() const { return has_git_; }  // something named ".git"

 private:
  struct Close {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };

  std::unique_ptr<DIR, Close> stream_;
  std::string bytes_;
  std::vector<Name> names_;
  bool has_git_ = false;
};

enum class Nested { No, Repository, GitKnows };

// Whether the directory has a repository of its own, as git detects one: ".git" is a git directory,
// or a file that names one. GitKnows: there is a ".git", but it is not clearly one.
[[nodiscard]] Nested nested_repository(const std::string& directory);

}  // namespace gs::git
