#include "session/scope_check.h"

#include <algorithm>
#include <utility>

#include "base/file/file.h"
#include "base/text.h"

namespace gs::session {

namespace {

constexpr const char* kAllowedPaths = "allowed-paths";
constexpr const char* kOutsideTree = "outside-tree";
constexpr const char* kSymlink = "symlink";

ScopeViolation outside(std::string_view path, const std::optional<std::string>& real) {
  const std::string given = "'" + quote_path(path) + "'";
  if (!real) return {std::string(path), kSymlink, given + " goes through too many symbolic links"};
  return {std::string(path), kSymlink,
          given + " leaves the work tree through a symbolic link, to '" + quote_path(*real) + "'"};
}

}  // namespace

ScopeCheck::ScopeCheck(std::optional<WaveScope> scope, Enforcement configured,
                       std::vector<std::string> state_directories)
    : scope_(std::move(scope)),
      configured_(configured),
      state_directories_(std::move(state_directories)) {}

Enforcement ScopeCheck::enforcement() const {
  return scope_ ? scope_->enforcement : configured_;
}

bool ScopeCheck::guards_paths() const {
  return scope_ && scope_->enforcement != Enforcement::Off && scope_->gate(kPathGuard);
}

bool ScopeCheck::guards_commands() const {
  return scope_ && scope_->enforcement != Enforcement::Off && scope_->gate(kCommandGuard);
}

bool ScopeCheck::always_allowed(const RepoPath& path) const {
  if (path == scope_->file) return true;
  return path.name() == "STATE.md" &&
         std::find(state_directories_.begin(), state_directories_.end(), path.parent()) !=
             state_directories_.end();
}

std::optional<ScopeViolation> ScopeCheck::check(const RepoPath& path) const {
  if (!guards_paths() || always_allowed(path)) return std::nullopt;
  if (matches_any(scope_->allowed_paths, path.bytes())) return std::nullopt;
  const std::string file = scope_->file.inside() ? "'" + scope_->file.bytes() + "'" : "the scope";
  const std::string reason = !scope_->allowed_paths.empty() ? " matches no pattern of " + file
                             : scope_->problems.empty()
                                 ? " is not allowed: " + file + " allows nothing"
                                 : " is not allowed: " + scope_->problems.front();
  return ScopeViolation{path.bytes(), kAllowedPaths, "'" + path.quoted() + "'" + reason};
}

std::vector<ScopeViolation> ScopeCheck::check(const std::vector<RepoPath>& paths) const {
  std::vector<ScopeViolation> violations;
  for (const RepoPath& path : paths) {
    if (auto violation = check(path)) violations.push_back(std::move(*violation));
  }
  return violations;
}

std::optional<ScopeViolation> ScopeCheck::check_written(std::string_view path,
                                                        const std::string& directory,
                                                        const std::string& work_tree) const {
  if (!guards_paths()) return std::nullopt;
  const std::string absolute = path.empty() ? std::string() : path_from(directory, path);
  // Some programs resolve ".." before they follow links; the kernel and others, after.
  const std::string tidied = normalize_path(absolute);
  const auto named = RepoPath::resolve(tidied, "", work_tree);
  if (named && always_allowed(*named)) return std::nullopt;
  for (const std::string& reading : {absolute, tidied}) {
    const std::optional<std::string> real = resolve_symlinks(reading);
    const auto inside = real ? RepoPath::resolve(*real, "", work_tree) : std::nullopt;
    if (!inside) {
      if (named || !real) return outside(path, real);
      return ScopeViolation{std::string(path), kOutsideTree,
                            "'" + quote_path(path) + "' is outside the work tree"};
    }
    if (auto violation = check(*inside)) return violation;
  }
  return std::nullopt;
}

}  // namespace gs::session
