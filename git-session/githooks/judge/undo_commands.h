#pragma once

#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/repository.h"

namespace gs::githooks {

// A commit that was just made, and what to take out of it.
struct UndoRequest {
  std::string commit;              // abbreviated
  bool root = false;               // it has no parent
  std::vector<RepoPath> paths;     // to take out
  bool whole = false;              // the commit changes nothing else
  bool others_are_staged = false;  // the index has more staged than the commit
  std::string prefix;              // where the user is: "" or "dir/"
  std::string directory;           // absolute: for a private index and a long list of paths
};

// Pure: the shell commands, in order, that take `paths` out of HEAD and leave them in the work tree
// as they are; other staged changes stay staged. Still correct after `git commit --amend` (they
// name the parent, never the commit itself).
[[nodiscard]] std::vector<std::string> undo_commands(const UndoRequest& request);

// The paths as `--pathspec-from-file --pathspec-file-nul` reads them; absent if the commands name
// them. Long lists and unprintable names go into the file.
[[nodiscard]] std::optional<std::string> path_list(const UndoRequest& request);
[[nodiscard]] std::string path_list_file(const UndoRequest& request);

// A path as an argument for git in the directory `prefix`, for a shell.
[[nodiscard]] std::string shell_pathspec(const RepoPath& path, const std::string& prefix);

// "unstage with: git reset -q -- PATH…"
[[nodiscard]] std::string unstage_hint(const std::vector<RepoPath>& paths,
                                       const std::string& prefix);

}  // namespace gs::githooks
