#include "githooks/checkout.h"

#include <string_view>

#include "base/file/file.h"
#include "base/text.h"

namespace gs::githooks {

std::string path_from(const std::string& directory, const std::string& path) {
  return path.starts_with('/') ? path : join_path(directory, path);
}

std::string git_dir_at(const std::string& work_tree) {
  const std::string entry = join_path(work_tree, ".git");
  const auto info = file_info(entry);
  if (!info) return "";
  if (info->type == FileType::Directory || info->type == FileType::Symlink) return entry;
  const std::string text = read_file(entry);
  constexpr std::string_view kLink = "gitdir: ";
  if (!text.starts_with(kLink)) return "";
  return path_from(work_tree, std::string(trim(std::string_view(text).substr(kLink.size()))));
}

std::optional<std::string> checked_out_branch(const std::string& git_dir) {
  constexpr std::string_view kBranch = "ref: refs/heads/";
  const auto head = read_file_if_exists(join_path(git_dir, "HEAD"));
  if (!head || !head->starts_with(kBranch)) return std::nullopt;
  return std::string(trim(std::string_view(*head).substr(kBranch.size())));
}

}  // namespace gs::githooks
