#include "git/checkout.h"

#include <string_view>

#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"

namespace gs::git {
namespace {

// Like git for paths in its own files: strips line endings, keeps spaces.
std::string_view without_line_end(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<std::string> git_dir_at(const std::string& work_tree) {
  constexpr std::string_view kLink = "gitdir: ";
  std::string entry = join_path(work_tree, ".git");
  const auto info = file_info(entry);
  if (!info) return std::nullopt;
  if (info->type == FileType::Directory || info->type == FileType::Symlink) return entry;
  const bool regular = info->type == FileType::Regular || info->type == FileType::Executable;
  const auto content = regular ? read_file_if_exists(entry) : std::nullopt;
  if (!content || !content->starts_with(kLink)) return std::nullopt;
  const std::string_view path = without_line_end(std::string_view(*content).substr(kLink.size()));
  if (path.empty()) return std::nullopt;
  return path_from(work_tree, path);
}

std::optional<std::string> git_dir_of(const std::string& work_tree) {
  const auto named = environment_variable("GIT_DIR");
  return named ? path_from(work_tree, *named) : git_dir_at(work_tree);
}

std::optional<std::string> path_in_file(const std::string& git_dir, const char* name) {
  const auto content = read_file_if_exists(join_path(git_dir, name));
  if (!content) return std::nullopt;
  return path_from(git_dir, without_line_end(*content));
}

std::string common_dir_of(const std::string& git_dir) {
  return path_in_file(git_dir, "commondir").value_or(git_dir);
}

std::optional<std::string> checked_out_branch(const std::string& git_dir) {
  constexpr std::string_view kBranch = "ref: refs/heads/";
  const auto head = read_file_if_exists(join_path(git_dir, "HEAD"));
  if (!head || !head->starts_with(kBranch)) return std::nullopt;
  return std::string(trim(std::string_view(*head).substr(kBranch.size())));
}

bool was_renamed(const std::string& git_dir, std::string_view before, const std::string& now) {
  constexpr std::string_view kRenamed = "\tBranch: renamed refs/heads/";
  constexpr std::string_view kTo = " to refs/heads/";
  const auto reflog = read_file_if_exists(join_path(join_path(git_dir, "logs"), "HEAD"));
  if (!reflog) return false;
  std::string name = now;
  const std::vector<std::string_view> lines = split_lines(*reflog);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    const std::size_t found = line->find(kRenamed);
    if (found == std::string_view::npos) continue;
    const std::string_view names = line->substr(found + kRenamed.size());
    const std::size_t middle = names.find(kTo);
    if (middle == std::string_view::npos || names.substr(middle + kTo.size()) != name) continue;
    name = names.substr(0, middle);
    if (name == before) return true;
  }
  return false;
}

std::optional<Checkout> find_checkout(const std::string& directory) {
  const auto real = resolve_symlinks(directory);
  if (!real) return std::nullopt;
  std::string at = *real;
  while (true) {
    if (auto git_dir = git_dir_at(at)) return Checkout{std::move(at), *std::move(git_dir)};
    if (at == "/") return std::nullopt;
    const std::size_t slash = at.rfind('/');
    at = slash == 0 ? "/" : at.substr(0, slash);
  }
}

}  // namespace gs::git
