#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "git/checkout.h"
#include "git/object_id.h"

namespace gs::githooks {

// What git passes to a hook (githooks(5)), gathered without libgit2 and without another process.
struct HookCall {
  std::vector<std::string> arguments;
  std::string input;  // stdin, for the hooks that get one
  // Absolute. Both "" if there is no git directory where git says it is.
  std::string work_tree;
  std::string git_dir;
  std::string index_file;  // GIT_INDEX_FILE, absolute; "" if git did not set it
  std::string prefix;      // where git was called, below the top: "" or "dir/"
  bool of_close = false;   // `git session close` makes this commit, and has decided already

  [[nodiscard]] git::Checkout checkout() const { return {work_tree, git_dir}; }
};

// From the environment and the working directory: git runs hooks at the top of the work tree.
[[nodiscard]] HookCall gather_call(std::vector<std::string> arguments, std::string input);

// What a hook reports; the command line prints it.
enum class Say { Error, Warning, Hint, Detail };
struct Line {
  Say say;
  std::string text;
};
struct HookAnswer {
  std::vector<Line> lines;
  bool refused = false;  // git must stop

  void add(Say say, std::string text) { lines.push_back({say, std::move(text)}); }
};

// The configured `session.state-dir`; "" if unset. Reads the configuration only if one of its files
// (or `git -c`) may set it, in a repository that has had sessions.
[[nodiscard]] std::string configured_directory(const HookCall& call);

// One ref that a push is about to change: a line of pre-push's standard input (githooks(5)).
struct PushedRef {
  std::string source;          // "refs/heads/main", as typed ("HEAD~2"), or "(delete)"
  git::ObjectId object;        // null: a deletion
  std::string target;          // on the remote
  git::ObjectId there_before;  // null: new on the remote

  [[nodiscard]] bool is_deletion() const { return object.is_null(); }
  [[nodiscard]] std::string refspec() const;
};
// Throws on a line of another form: what it pushes would go unchecked.
[[nodiscard]] std::vector<PushedRef> parse_pushed_refs(std::string_view input);

}  // namespace gs::githooks
