#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "git/object_id.h"

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

// What a hook has to say; the command line prints it.
enum class Say { Error, Warning, Hint, Detail };
struct Line {
  Say say;
  std::string text;
};
struct HookAnswer {
  std::vector<Line> lines;
  bool refused = false;  // git is to stop

  void add(Say say, std::string text) { lines.push_back({say, std::move(text)}); }
};

// The configured `session.state-dir`; "" where there is none. The configuration is read
// only where one of its files (or `git -c`) may name one, in a repository that sessions were in.
[[nodiscard]] std::string configured_directory(const HookCall& call);

// One ref that a push is about to change: a line of pre-push's standard input (githooks(5)).
struct PushedRef {
  std::string source;          // "refs/heads/main", what was typed ("HEAD~2"), "(delete)"
  git::ObjectId object;        // null: a deletion
  std::string target;          // on the remote
  git::ObjectId there_before;  // null: new there

  [[nodiscard]] bool is_deletion() const { return object.is_null(); }
  [[nodiscard]] std::string refspec() const;
};
// Lines that are none are left out: git may say more one day.
[[nodiscard]] std::vector<PushedRef> parse_pushed_refs(std::string_view input);

}  // namespace gs::githooks
