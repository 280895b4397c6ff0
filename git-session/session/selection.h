#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/repo_path.h"
#include "git/repository.h"
#include "session/state_scan.h"

namespace gs::session {

// How a command says which session it acts on.
struct Selection {
  std::optional<std::string> state_dir = {};  // --state-dir, else session.state-dir
  std::optional<std::string> session = {};    // --session: an id or a name
  bool may_be_over = false;                   // --session may name a session that is not open
  bool closing = false;  // the one whose close is unfinished, before what the environment says
};

struct Selected {
  FilePlace directory;  // the session's; without one, a directory without a STATE.md
  // Name at the top, ".claude": that of a tracked session, else where one would be opened.
  std::string tracked_directory;
  bool tracked = false;            // the session is, else the next one would be
  std::vector<FoundState> equal;   // the open sessions of this branch, if nothing decides for one
  std::string missing;             // what GIT_SESSION or --session names, if it is not open
  std::string near;                // the open one that may be meant by that; "" for none
  std::vector<FoundState> paused;  // all of this work tree, the last one first; only named ones act
};

// The session of this work tree, in the order of docs/formats.md, "Which session". Throws if
// `selection` names none, or no directory at the top. `tracked`: where a new session would be.
[[nodiscard]] Selected select_session(const git::Repository& repository, const Selection& selection,
                                      bool tracked);

// Whether the environment chooses it: GIT_SESSION, else the agent in whose shell we run.
[[nodiscard]] bool is_chosen_by_environment(const FoundState& found);

// The id that the agent in whose shell we run gives its own session; "" outside of one.
[[nodiscard]] std::string running_agent();

}  // namespace gs::session
