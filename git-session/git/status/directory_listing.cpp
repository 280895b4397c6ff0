#include "git/status/directory_listing.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file/file.h"
#include "git/checkout.h"

namespace gs::git {
namespace {

// d_type, looked up if the file system does not provide it. DT_UNKNOWN if the name disappeared.
unsigned char type_of(int directory, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type;
  struct stat status {};
  if (::fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) return DT_UNKNOWN;
  if (S_ISDIR(status.st_mode)) return DT_DIR;
  if (S_ISREG(status.st_mode)) return DT_REG;
  return S_ISLNK(status.st_mode) ? DT_LNK : DT_FIFO;
}

bool is_type(const std::string& path, FileType type) {
  const auto info = file_info(path);
  return info && info->type == type;
}

bool is_git_directory(const std::string& path) {
  const auto head = is_type(join_path(path, "HEAD"), FileType::Regular)
                        ? read_file_if_exists(join_path(path, "HEAD"))
                        : std::nullopt;
  if (!head || !head->starts_with("ref: refs/")) return false;
  return is_type(join_path(path, "objects"), FileType::Directory) &&
         is_type(join_path(path, "refs"), FileType::Directory);
}

// The git directory of a linked worktree, which keeps its objects elsewhere.
bool is_worktree_link(const std::string& directory) {
  const auto target = git_dir_at(directory);
  if (!target) return false;
  return is_git_directory(*target) ||
         (file_info(join_path(*target, "HEAD")) && is_git_directory(common_dir_of(*target)));
}

}  // namespace

const DirectoryListing::Name* DirectoryListing::find(std::string_view name) const {
  const auto found =
      std::lower_bound(names_.begin(), names_.end(), name,
                       [](const Name& a, std::string_view text) { return a.text < text; });
  return found != names_.end() && found->text == name ? &*found : nullptr;
}

bool DirectoryListing::read(int top, const std::string& path) {
  const int fd = ::openat(top, path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return false;
  stream_.reset(::fdopendir(fd));
  if (!stream_) {
    ::close(fd);
    return false;
  }
  struct Place {
    std::size_t start, size;
    bool storable;
  };
  std::vector<Place> places;
  for (errno = 0; const dirent* entry = ::readdir(stream_.get()); errno = 0) {
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (name == ".git") {
      has_git_ = true;
      continue;
    }
    const unsigned char type = type_of(fd, *entry);
    if (type == DT_UNKNOWN) continue;
    const std::size_t start = bytes_.size();
    bytes_ += name;
    if (type == DT_DIR) bytes_ += '/';
    places.push_back(
        {start, bytes_.size() - start, type == DT_DIR || type == DT_REG || type == DT_LNK});
  }
  if (errno != 0) return false;
  names_.reserve(places.size());
  const std::string_view all = bytes_;
  for (const Place& place : places) {
    names_.push_back({all.substr(place.start, place.size), place.storable});
  }
  std::sort(names_.begin(), names_.end(),
            [](const Name& a, const Name& b) { return a.text < b.text; });
  return true;
}

Nested nested_repository(const std::string& directory) {
  const std::string git = join_path(directory, ".git");
  const auto info = file_info(git);
  if (!info) return Nested::No;
  const bool found = (info->type == FileType::Directory && is_git_directory(git)) ||
                     (info->type == FileType::Regular && is_worktree_link(directory));
  return found ? Nested::Repository : Nested::GitKnows;
}

}  // namespace gs::git
