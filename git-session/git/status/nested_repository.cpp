#include "git/status/nested_repository.h"

#include "base/file/file.h"
#include "base/text.h"

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
bool is_worktree_link(const std::string& directory, const std::string& file) {
  constexpr std::string_view kPrefix = "gitdir: ";
  const auto link = read_file_if_exists(file);
  if (!link || !link->starts_with(kPrefix)) return false;
  const std::string named(trim(std::string_view(*link).substr(kPrefix.size())));
  const std::string target = named.starts_with('/') ? named : join_path(directory, named);
  if (is_git_directory(target)) return true;
  const auto common = read_file_if_exists(join_path(target, "commondir"));
  if (!common || !file_info(join_path(target, "HEAD"))) return false;
  const std::string place(trim(*common));
  return is_git_directory(place.starts_with('/') ? place : join_path(target, place));
}

}  // namespace

Nested nested_repository(const std::string& directory) {
  const std::string git = join_path(directory, ".git");
  const auto info = file_info(git);
  if (!info) return Nested::No;
  const bool found = (info->type == FileType::Directory && is_git_directory(git)) ||
                     (info->type == FileType::Regular && is_worktree_link(directory, git));
  return found ? Nested::Repository : Nested::GitKnows;
}

}  // namespace gs::git
