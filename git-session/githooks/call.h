#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gs::githooks {

// What git hands to a hook (githooks(5)), gathered without libgit2 and without another process.
struct HookCall {
  std::vector<std::string> arguments;
  std::string input;  // stdin, of the hooks that get one
  // Absolute. Both "" in a bare repository: no session can be there.
  std::string work_tree;
  std::string git_dir;
  std::string index_file;  // GIT_INDEX_FILE, absolute; "" when git did not set it
  std::string prefix;      // the directory below the top in which git was called: "" or "dir/"
  bool of_close = false;   // `git session close` makes this commit: it has decided already
};

// Of the process's environment and working directory: git runs a hook at the top of the work tree.
[[nodiscard]] HookCall gather_call(std::vector<std::string> arguments, std::string input);

}  // namespace gs::githooks
