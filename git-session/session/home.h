#pragma once

#include <string>
#include <string_view>

#include "base/repo_path.h"
#include "config/session_config.h"

namespace gs::session {

// Where sessions keep what they write (docs/formats.md, "Two homes"): in the git directory that all
// worktrees share (private), or in the work tree, as the session-orchestrator plugin has it
// (tracked).
class Home {
 public:
  // `common_dir`: absolute.
  Home(bool tracked, std::string common_dir)
      : tracked_(tracked), common_dir_(std::move(common_dir)) {}

  [[nodiscard]] bool tracked() const { return tracked_; }
  [[nodiscard]] FilePlace records() const;  // their directory
  [[nodiscard]] FilePlace record(std::string_view name) const { return records().child(name); }
  [[nodiscard]] FilePlace issues() const;  // the local tracker's directory
  // Where the records of tracked sessions without work wait for a close that commits.
  [[nodiscard]] FilePlace waiting_records() const;

 private:
  bool tracked_;
  std::string common_dir_;
};

inline constexpr const char* kBootstrapLock = ".orchestrator/bootstrap.lock";
inline constexpr std::string_view kSessionsRecord = "sessions.jsonl";
inline constexpr std::string_view kLearningsRecord = "learnings.jsonl";

// Whether new sessions are tracked: as the key `records` says, else where the plugin's files are.
[[nodiscard]] bool is_tracked_by_default(const std::string& work_tree,
                                         const config::SessionConfig& config);

// The open sessions of the private home, each with its STATE.md: absolute.
[[nodiscard]] std::string private_sessions(const std::string& common_dir);
// Where those that are over are kept.
[[nodiscard]] std::string private_closed_sessions(const std::string& common_dir);
// The directory of one of them, open or not yet there.
[[nodiscard]] FilePlace private_session(const std::string& common_dir, const std::string& session);
// What a private session's file `worktree` holds: "." for the main worktree, else the name of the
// linked one's directory in worktrees/.
[[nodiscard]] std::string worktree_name(const std::string& git_dir);
inline constexpr std::string_view kWorktreeFile = "worktree";
// A session's id as a file name. Injective, so that two sessions never share a file: every byte
// that is not plain in a file name is written as "%XX".
[[nodiscard]] std::string file_name_of(std::string_view session);
// Puts a private session that is over away; nothing happens if it is not among the open ones.
void put_away(const std::string& common_dir, const std::string& session);
// The opposite; nothing happens if it is not among those that were put away.
void take_out_again(const std::string& common_dir, const std::string& session);

}  // namespace gs::session
