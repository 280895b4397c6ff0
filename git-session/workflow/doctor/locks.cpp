#include <algorithm>

#include "base/file/file.h"
#include "base/file/lock_state.h"
#include "base/process/running.h"
#include "base/text.h"
#include "git/index/replace_file.h"
#include "git/locks.h"
#include "git/ref_locks.h"
#include "git/refs.h"
#include "session/closing.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;
using session::Diagnosis;

// A git, or this program; not one that runs all the time in the background.
bool may_hold_locks(const RunningProcess& process) {
  const std::string& program = process.argv.front();
  const bool is_git = program.substr(program.rfind('/') + 1).starts_with("git");
  return is_git && std::none_of(process.argv.begin(), process.argv.end(), [](const auto& word) {
           return word.find("daemon") != std::string::npos;
         });
}

// Those that have been running since before the lock was made; absent if nobody can tell.
std::optional<std::vector<RunningProcess>> possible_holders(const session::Workspace& workspace,
                                                            Timestamp made) {
  constexpr std::chrono::seconds kTolerance{2};  // of the time of boot
  std::vector<RunningProcess> holders;
  for (const git::Checkout& worktree : git::list_worktrees(workspace.repository)) {
    auto processes = processes_in(worktree.work_tree);
    if (!processes) return std::nullopt;
    for (RunningProcess& process : *processes) {
      if (may_hold_locks(process) && process.started <= made + kTolerance)
        holders.push_back(std::move(process));
    }
  }
  return holders;
}

Diagnosis diagnose(const session::Workspace& workspace, const git::LockFile& lock, Timestamp now) {
  constexpr std::chrono::seconds kYoung{10};
  const auto holders = possible_holders(workspace, lock.made);
  const std::string what = "'" + lock.path + "', made " + format_age(now - lock.made);
  if (holders && !holders->empty()) {
    const RunningProcess& holder = holders->front();
    return session::note(Area::Locks,
                         what + ", while pid " + std::to_string(holder.pid) +
                             " runs: " + ellipsize(join(holder.argv, " "), 60),
                         {"wait for it"});
  }
  if (now - lock.made < kYoung)
    return session::note(Area::Locks, what, {"run it again: another program may be writing"});
  return session::wrong(Area::Locks,
                        what + (holders ? ", and no git runs here that may hold it" : ""),
                        {"if no other program uses the repository: rm " + quote_shell(lock.path)});
}

// "'x'", or "'x' and 3 more".
std::string first_of(const std::vector<std::string>& paths) {
  const std::string first = "'" + paths.front() + "'";
  return paths.size() == 1 ? first : first + " and " + std::to_string(paths.size() - 1) + " more";
}

void examine_gits_locks(const session::Workspace& workspace, Timestamp now, Diagnoses& found) {
  const auto stale = git::stale_ref_locks(workspace.repository);
  if (!stale.empty()) {
    Diagnosis diagnosis =
        session::wrong(Area::Locks, first_of(stale) + ", left by a killed git session",
                       {"git session doctor --fix"});
    diagnosis.repair = session::Repair::RefLocks;
    found.push_back(std::move(diagnosis));
  }
  for (const git::LockFile& lock : git::list_lock_files(workspace.repository)) {
    if (std::find(stale.begin(), stale.end(), lock.path) != stale.end()) continue;
    if (lock.ours) {
      found.push_back(session::note(Area::Locks,
                                    "'" + lock.path + "' is held by an unfinished command",
                                    {"finish that: see 'close'"}));
    } else {
      found.push_back(diagnose(workspace, lock, now));
    }
  }
}

// The kernel frees them however their holder dies, so that none is ever stale; one may be held.
void examine_own_locks(const session::Workspace& workspace, Timestamp now, Diagnoses& found) {
  constexpr std::chrono::minutes kLong{10};
  std::vector<std::string> files{session::close_lock_file(workspace.repository.git_dir()),
                                 workspace.own_path("start.lock")};
  std::vector<std::string> directories{workspace.own_path("locks")};
  const std::string shared = join_path(workspace.repository.common_dir(), "git-session/locks");
  if (shared != directories.front()) directories.push_back(shared);
  for (const std::string& directory : directories) {
    for (const std::string& name : list_directory(directory))
      files.push_back(join_path(directory, name));
  }
  for (const std::string& file : files) {
    const LockState state = lock_state(file);
    if (!state.held) continue;
    const std::string what = "'" + file + "' is held by " + describe_holder(state.holder);
    const bool is_long = state.holder && now - state.holder->since > kLong &&
                         parent_directory(file).ends_with("/locks");
    const std::string wait = "wait for it, or end that process";
    found.push_back(is_long ? session::wrong(Area::Locks, what, {wait})
                            : session::note(Area::Locks, what, {wait}));
  }
}

void examine_temp_files(const session::Workspace& workspace, Diagnoses& found) {
  const std::vector<std::string> stale = temp_files(workspace.repository);
  if (stale.empty()) return;
  Diagnosis diagnosis =
      session::wrong(Area::Locks, first_of(stale) + ", half-written by a killed process",
                     {"git session doctor --fix"});
  diagnosis.repair = session::Repair::TempFiles;
  found.push_back(std::move(diagnosis));
}

}  // namespace

void examine_locks(const session::Workspace& workspace, Timestamp now, Diagnoses& found) {
  const std::size_t before = found.size();
  examine_gits_locks(workspace, now, found);
  examine_own_locks(workspace, now, found);
  examine_temp_files(workspace, found);
  if (found.size() == before) found.push_back(session::checked(Area::Locks, "none is left over"));
}

}  // namespace gs::workflow
