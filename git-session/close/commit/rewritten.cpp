#include "close/commit/rewritten.h"

#include <algorithm>

#include "checks/secrets/mask.h"
#include "close/commit/commits.h"

namespace gs::close {

namespace {

std::vector<git::TreeDiffEntry> changes_of(const git::Repository& repository,
                                           const git::Commit& commit) {
  const auto parent = commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
  return repository.diff_trees(tree_of(repository, parent), commit.tree);
}

bool has_same_result(const std::vector<git::TreeDiffEntry>& a,
                     const std::vector<git::TreeDiffEntry>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.path == other.path && one.after == other.after;
  });
}

// Commits of the branch since it parted from the lost one, but for `known`.
std::vector<git::Commit> others_on_branch(const git::Repository& repository,
                                          const git::Commit& lost, const git::ObjectId& head,
                                          const std::vector<MadeCommit>& known) {
  constexpr std::size_t kMost = 1000;
  std::vector<git::Commit> others;
  const auto base = repository.merge_base(lost.oid, head);
  for (const git::ObjectId& oid : repository.commits_between(base, head, kMost)) {
    const bool is_known = std::any_of(known.begin(), known.end(),
                                      [&](const MadeCommit& commit) { return commit.oid == oid; });
    if (!is_known) others.push_back(repository.commit(oid));
  }
  return others;
}

}  // namespace

std::vector<MadeCommit> as_they_are_now(const git::Repository& repository,
                                        std::vector<MadeCommit> made) {
  const std::optional<git::ObjectId> head = repository.head().commit;
  if (!head) return made;
  for (const bool by_message : {true, false}) {
    for (MadeCommit& commit : made) {
      const std::optional<git::Commit> lost = read_commit(repository, commit.oid);
      if (!lost || commit.oid == *head || repository.is_ancestor(commit.oid, *head)) continue;
      const auto changes = changes_of(repository, *lost);
      for (const git::Commit& now : others_on_branch(repository, *lost, *head, made)) {
        if (now.author_time != lost->author_time) continue;
        const auto changes_now = changes_of(repository, now);
        if (by_message ? now.message != lost->message : !has_same_result(changes, changes_now))
          continue;
        commit.oid = now.oid;
        commit.subject = checks::mask_secrets(now.subject);
        commit.files = changes_now.size();
        break;
      }
    }
  }
  return made;
}

}  // namespace gs::close
