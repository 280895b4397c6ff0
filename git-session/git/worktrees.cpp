#include "base/file/file.h"
#include "base/text.h"
#include "git/checkout.h"
#include "git/refs.h"
#include "git/temporary_worktree.h"

// All worktrees of a repository, from git's files about them (gitrepository-layout(5):
// "worktrees/<id>/gitdir"), because `git worktree list` does not report their git directories.
namespace gs::git {
namespace {

// The main worktree: our own if we are in it; else from core.worktree (submodules), or beside
// ".git". Absent for a bare repository, and if git itself could not know.
std::optional<Checkout> main_worktree(const Repository& repository) {
  const std::string& common = repository.common_dir();
  if (repository.git_dir() == common) return Checkout{repository.work_tree(), common};
  const ProcessResult named = repository.git().run(
      {"config", "--file", join_path(common, "config"), "--get", "core.worktree"});
  if (require_answer("config", named)) {
    const std::string path = path_from(common, named.out.substr(0, named.out.find('\n')));
    if (file_info(path)) return Checkout{real_path(path), common};
  }
  constexpr std::string_view kGitDirectory = "/.git";
  if (!common.ends_with(kGitDirectory)) return std::nullopt;
  const ProcessResult bare = repository.git().run(
      {"config", "--file", join_path(common, "config"), "--type=bool", "--get", "core.bare"});
  if (require_answer("config", bare) && trim(bare.out) == "true") return std::nullopt;
  return Checkout{common.substr(0, common.size() - kGitDirectory.size()), common};
}

std::optional<Checkout> linked_worktree(const std::string& git_dir) {
  const auto link = path_in_file(git_dir, "gitdir");
  if (!link || !file_info(*link)) return std::nullopt;
  const std::string work_tree = real_path(link->substr(0, link->rfind('/')));
  if (is_temporary_worktree(work_tree)) return std::nullopt;  // of a close: nobody works there
  return Checkout{work_tree, git_dir};
}

}  // namespace

std::vector<Checkout> list_worktrees(const Repository& repository) {
  std::vector<Checkout> worktrees;
  if (auto main = main_worktree(repository)) worktrees.push_back(std::move(*main));
  const std::string links = join_path(repository.common_dir(), "worktrees");
  for (const std::string& name : list_directory(links)) {
    if (auto linked = linked_worktree(join_path(links, name))) {
      worktrees.push_back(std::move(*linked));
    }
  }
  return worktrees;
}

}  // namespace gs::git
