#pragma once

#include <string>
#include <vector>

#include "close/plan/staging_plan.h"
#include "git/repository.h"

namespace gs::test {

inline git::TreeEntry blob(const std::string& content,
                           git::FileMode mode = git::FileMode::Regular) {
  return {mode, git::Repository::hash_blob(content)};
}

// An uncommitted change of the session's own, as input of the staging plan.
inline close::StagedFile staged(const std::string& path, const git::TreeEntry& head,
                                const git::TreeEntry& worktree, const std::string& how = "") {
  session::OwnedChange owned;
  owned.change.path = RepoPath(path);
  owned.change.base = head;
  owned.change.head = head;
  owned.change.index = head;
  owned.change.worktree = worktree;
  owned.change.untracked = !head.present();
  owned.owner = session::Owner::Ours;
  return {owned, worktree, std::nullopt, how};
}
inline close::StagedFile added(const std::string& path, const std::string& content = "x") {
  return staged(path, {}, blob(content));
}
inline close::StagedFile removed(const std::string& path, const std::string& content = "x") {
  return staged(path, blob(content), {});
}
inline close::StagedFile changed(const std::string& path) {
  return staged(path, blob("before"), blob("after"));
}

}  // namespace gs::test
