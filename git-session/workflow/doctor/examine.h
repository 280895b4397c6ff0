#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "session/diagnosis.h"
#include "session/workspace.h"

// What `git session doctor` examines. Nothing here writes.
namespace gs::workflow {

// Each adds to `found`; an Error that it throws is for `examine`.

// This program (`version`), git, libgit2, PATH and HOME: what needs no repository.
void examine_versions(const std::string& version, session::Diagnoses& found);
void examine_repository(const session::Workspace& workspace, session::Diagnoses& found);
// `problems`: of reading the workspace (session::look_at_workspace).
void examine_configuration(const session::Workspace& workspace, const std::vector<Error>& problems,
                           session::Diagnoses& found);
void examine_agents(const session::Workspace& workspace, session::Diagnoses& found);
void examine_tracker(const session::Workspace& workspace, session::Diagnoses& found);
void examine_locks(const session::Workspace& workspace, Timestamp now, session::Diagnoses& found);
void examine_records(const session::Workspace& workspace, session::Diagnoses& found);
void examine_sessions(const session::Workspace& workspace, Timestamp now,
                      session::Diagnoses& found);
void examine_worktrees(const session::Workspace& workspace, session::Diagnoses& found);

// Half-written files of killed processes, of all worktrees; absolute.
[[nodiscard]] std::vector<std::string> temp_files(const git::Repository& repository);

// Runs one of these; what it throws is a diagnosis of `area` as well.
void examine(session::Area area, session::Diagnoses& found, const std::function<void()>& look);

// Why a repository could not be opened here.
[[nodiscard]] session::Diagnosis diagnose_no_repository(const Error& error);

// Does it, for what is there by now; each is one line: "removed 2 locks of refs". `dry_run`:
// nothing is written, and "would remove …". Not for HookScripts, which are githooks/install's.
[[nodiscard]] std::vector<std::string> repair(const session::Workspace& workspace,
                                              session::Repair what, bool dry_run);

}  // namespace gs::workflow
