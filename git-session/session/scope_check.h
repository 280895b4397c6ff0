#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"
#include "session/wave_scope.h"

namespace gs::session {

// A path that the scope does not allow.
struct ScopeViolation {
  std::string path;  // from the top of the work tree; as it was given where it is outside
  std::string rule;  // "allowed-paths", "outside-tree" or "symlink"
  std::string message;
};

// The scope in use as a judge of paths (docs/formats.md, "Scope"). Reads nothing but links.
class ScopeCheck {
 public:
  // `configured`: the key `enforcement`, which counts where there is no scope. `state_directories`:
  // names at the top; their STATE.md is always allowed, and so is the scope's own file.
  ScopeCheck(std::optional<WaveScope> scope, Enforcement configured,
             std::vector<std::string> state_directories);

  [[nodiscard]] const std::optional<WaveScope>& scope() const { return scope_; }
  [[nodiscard]] Enforcement enforcement() const;
  // Whether any path can be a violation: there is a scope, not off, with its path-guard on.
  [[nodiscard]] bool guards_paths() const;
  [[nodiscard]] bool guards_commands() const;  // the same of the command-guard

  // A path as git has it. Of a rename both names are to be asked about, of a deletion the old one.
  [[nodiscard]] std::optional<ScopeViolation> check(const RepoPath& path) const;
  [[nodiscard]] std::vector<ScopeViolation> check(const std::vector<RepoPath>& paths) const;
  // A path as somebody writes it in `directory` (absolute), whether or not it exists: where a write
  // to it would end up, symlinks followed. `work_tree`: absolute, without symlinks.
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
