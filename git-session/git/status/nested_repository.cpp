#include "git/status/nested_repository.h"

#include "base/file/file.h"
#include "git/checkout.h"

namespace gs::git {
namespace {

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

// A linked worktree's, which keeps its objects elsewhere.
bool is_worktree_link(const std::string& directory) {
  const auto target = git_dir_at(directory);
  if (!target) return false;
  return is_git_directory(*target) ||
         (file_info(join_path(*target, "HEAD")) && is_git_directory(common_dir_of(*target)));
}

}  // namespace

Nested nested_repository(const std::string& directory) {
  const std::string git = join_path(directory, ".git");
  const auto info = file_info(git);
  if (!info) return Nested::No;
  const bool found = (info->type == FileType::Directory && is_git_directory(git)) ||
                     (info->type == FileType::Regular && is_worktree_link(directory));
  return found ? Nested::Repository : Nested::GitKnows;
}

}  // namespace gs::git
