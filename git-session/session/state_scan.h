#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/state_file.h"

namespace gs::session {

// One STATE.md of a work tree.
struct FoundState {
  std::string directory;  // name of its state directory
  StateFile state;
  std::string id;
  bool closing = false;  // its close is unfinished

  // Counts as an active session.
  [[nodiscard]] bool running() const {
    return closing || state.status == Status::Active || state.status == Status::Paused;
  }
};

// The STATE.md files of `directories`, in that order; unreadable ones are reported in `problems`.
// `closing`: the session with an unfinished close in this work tree.
[[nodiscard]] std::vector<FoundState> scan_states(const std::string& work_tree,
                                                  const std::vector<std::string>& directories,
                                                  const std::optional<std::string>& closing,
                                                  std::vector<std::string>& problems);

// `names` with `name` appended unless it is there already or "".
[[nodiscard]] std::vector<std::string> with_name(std::vector<std::string> names,
                                                 const std::string& name);

}  // namespace gs::session
