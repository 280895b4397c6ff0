#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"
#include "session/wave_scope.h"

namespace gs::session {

// A path outside the scope.
struct ScopeViolation {
  std::string path;  // from the top of the work tree; outside of it as given
  std::string rule;  // "allowed-paths", "outside-tree" or "symlink"
  std::string message;
};

// Checks paths against the scope in use (docs/formats.md, "Scope"). Reads nothing but links.
class ScopeCheck {
 public:
  // `configured`: the key `enforcement`, used without a scope. `state_directories`: names at the
  // top; their STATE.md is always allowed, as is the scope's own file.
  ScopeCheck(std::optional<WaveScope> scope, Enforcement configured,
             std::vector<std::string> state_directories);

  [[nodiscard]] const std::optional<WaveScope>& scope() const { return scope_; }
  [[nodiscard]] Enforcement enforcement() const;
  // Whether any path can be a violation: there is a scope that is not off, with its path guard on.
  [[nodiscard]] bool guards_paths() const;
  [[nodiscard]] bool guards_commands() const;  // the same for the command guard

  // `path` as in git. For a rename, check both names; for a deletion, the old one.
  [[nodiscard]] std::optional<ScopeViolation> check(const RepoPath& path) const;
  [[nodiscard]] std::vector<ScopeViolation> check(const std::vector<RepoPath>& paths) const;
  // A path as used in `directory` (absolute), existing or not: checks where a write to it would end
  // up, following symlinks. `work_tree`: absolute, without symlinks.
  [[nodiscard]] std::optional<ScopeViolation> check_written(std::string_view path,
                                                            const std::string& directory,
                                                            const std::string& work_tree) const;

 private:
  [[nodiscard]] bool always_allowed(const RepoPath& path) const;

  std::optional<WaveScope> scope_;
  Enforcement configured_;
  std::vector<std::string> state_directories_;
};

}  // namespace gs::session
