#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/checkout.h"
#include "session/state_file.h"

namespace gs::session {

// The STATE.md of a session of a work tree.
struct FoundState {
  FilePlace directory;  // its state directory: outside the tree in the private home
  StateFile state;
  std::string id;
  bool closing = false;  // its close is unfinished
  // Of a tracked one that is kept out of the work tree while it is paused: the name of the state
  // directory that it comes from; "" of any other.
  std::string comes_from = {};

  // Its name, else its id: what --session takes.
  [[nodiscard]] const std::string& called() const { return state.name.empty() ? id : state.name; }
  [[nodiscard]] bool is_paused() const { return !closing && state.status == Status::Paused; }
  [[nodiscard]] bool is_at_work() const { return closing || state.status == Status::Active; }
  // Is not over.
  [[nodiscard]] bool running() const { return is_at_work() || is_paused(); }
  [[nodiscard]] bool tracked() const { return directory.inside() || !comes_from.empty(); }
};

// parse_state, with the name that its branch has by now, if that is checked out.
[[nodiscard]] StateFile read_state(std::string_view text, const std::string& source,
                                   const std::string& git_dir);

// The STATE.md files of the directories `names` at the top, in that order, then those that the
// private home has of this work tree, then of tracked sessions that are kept out of it while they
// are paused; unreadable ones are reported in `problems`. `closing`: the
// session with an unfinished close in this work tree.
[[nodiscard]] std::vector<FoundState> scan_states(const git::Checkout& checkout,
                                                  const std::vector<std::string>& names,
                                                  const std::optional<std::string>& closing,
                                                  std::vector<std::string>& problems);

// Private and paused sessions of worktrees that are gone; `worktrees`: the names of those that are
// there.
[[nodiscard]] std::vector<FoundState> scan_states_without_worktree(
    const git::Checkout& checkout, const std::set<std::string>& worktrees,
    std::vector<std::string>& problems);

// `names` with `name` appended unless it already exists or "".
[[nodiscard]] std::vector<std::string> with_name(std::vector<std::string> names,
                                                 const std::string& name);
// The same with a state directory's name; a private one is no name at the top.
[[nodiscard]] std::vector<std::string> with_name(std::vector<std::string> names,
                                                 const FilePlace& state_directory);

}  // namespace gs::session
