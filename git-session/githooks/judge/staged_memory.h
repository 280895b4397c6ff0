#pragma once

#include <set>
#include <string>
#include <vector>

#include "git/repository.h"
#include "githooks/judge/violations.h"

namespace gs::githooks {

// What was staged when post-index-change looked last: git-session/staged in the worktree's git
// directory. A file of another session, or one that cannot be read, remembers nothing: then a path
// may be named twice, never not at all.
class StagedMemory {
 public:
  StagedMemory(const git::Repository& repository, std::string session);

  // Those of `staged` that are not remembered.
  [[nodiscard]] std::vector<PathChange> newly(const std::vector<PathChange>& staged) const;
  // Replaces the file as a whole, where something differs.
  void remember(const std::vector<PathChange>& staged) const;

 private:
  std::string file_;
  std::string session_;
  std::set<std::string> known_;
};

}  // namespace gs::githooks
