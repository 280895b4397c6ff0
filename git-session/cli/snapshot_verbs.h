#pragma once

#include <optional>
#include <string>

#include "cli/command.h"
#include "session/workspace.h"
#include "snapshot/store.h"

// Verbs of `git session snapshot`.
namespace gs::cli {

void add_snapshot_list(CLI::App& app, Invocation& invocation);
void add_snapshot_show(CLI::App& app, Invocation& invocation);
void add_snapshot_diff(CLI::App& app, Invocation& invocation);
void add_snapshot_restore(CLI::App& app, Invocation& invocation);

// What `git diff` shows of a snapshot: what was staged, and what was not, untracked files too; as
// one where only one of them says anything. In git's colours and through its pager.
[[nodiscard]] ExitCode show_by_git(const git::Repository& repository,
                                   const snapshot::Snapshot& snapshot, bool stat);

// --session may name a session that is over: its snapshots may be there still.
[[nodiscard]] session::Workspace open_for_snapshots(const Common& common);
// The session to which "wave-N-label" belongs; absent if none is active or it cannot be read.
[[nodiscard]] std::optional<std::string> session_of_names(const session::Workspace& workspace,
                                                          const Common& common);

// SNAP as typed; "": the session's newest one, which is then said. Throws if there is none.
[[nodiscard]] snapshot::Snapshot find_snapshot(const session::Workspace& workspace,
                                               const Common& common, const std::string& typed);

// Whose snapshots are shown without their session, as they are found when typed; "": none is open.
[[nodiscard]] std::string own_session(const session::Workspace& workspace);

}  // namespace gs::cli
