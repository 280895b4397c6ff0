#pragma once

#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/repository.h"

namespace gs::githooks {

// A commit that was just made, and what is to come out of it again.
struct UndoRequest {
  std::string commit;              // abbreviated
  bool root = false;               // it has no parent
  std::vector<RepoPath> paths;     // to come out
  bool whole = false;              // they are all that it changes
  bool others_are_staged = false;  // the index holds more than the commit
  std::string prefix;              // where the user stands: "" or "dir/"
  std::string directory;           // absolute: for a private index and a long list of paths
};

// Pure: the shell commands, in order, that take `paths` out of HEAD and leave them in the work tree
// as they are; what else was staged stays staged. They stay right after `git commit --amend` (they
// name the parent, never the commit before).
[[nodiscard]] std::vector<std::string> undo_commands(const UndoRequest& request);

// The paths as `--pathspec-from-file --pathspec-file-nul` reads them; absent when the commands name
// them themselves. Long lists and names that no terminal shows as they are go into the file.
[[nodiscard]] std::optional<std::string> path_list(const UndoRequest& request);
[[nodiscard]] std::string path_list_file(const UndoRequest& request);

// A path as an argument for git in the directory `prefix`, for a shell.
[[nodiscard]] std::string shell_pathspec(const RepoPath& path, const std::string& prefix);

// "unstage with: git reset -q -- PATH…"
[[nodiscard]] std::string unstage_hint(const std::vector<RepoPath>& paths,
                                       const std::string& prefix);

}  // namespace gs::githooks
