#include "snapshot/restore/index_steps.h"

#include <algorithm>
#include <set>

namespace gs::snapshot {

using git::ObjectId;
using git::StagedEntry;

namespace {

// Git lists an intent to add as the empty blob. What is staged differs from HEAD, or is in it.
void mark_intents(const git::Repository& repository, std::map<RepoPath, StagedEntries>& entries) {
  const ObjectId empty_blob = git::Repository::hash_blob("");
  std::set<RepoPath> candidates;
  for (const auto& [path, stages] : entries) {
    if (stages.front().stage == 0 && stages.front().entry.oid == empty_blob)
      candidates.insert(path);
  }
  if (candidates.empty()) return;
  const auto head = repository.head().commit;
  std::set<RepoPath> intents;
  for (const RepoPath& path : candidates) {
    if (!head || !repository.tree_entry(repository.commit(*head).tree, path).present())
      intents.insert(path);
  }
  for (const git::TreeDiffEntry& change : git::staged_changes(repository)) {
    if (!candidates.contains(change.path)) continue;
    if (change.after.present()) {
      intents.erase(change.path);
    } else {
      intents.insert(change.path);
    }
  }
  for (const RepoPath& path : intents) entries.at(path).front().entry.oid = {};
}

}  // namespace

bool is_same(const StagedEntries& a, const StagedEntries& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const StagedEntry& x, const StagedEntry& y) {
                      return x.stage == y.stage && x.entry == y.entry;
                    });
}

std::map<RepoPath, StagedEntries> staged_entries(const git::Repository& repository,
                                                 const std::vector<RepoPath>& paths) {
  const std::set<RepoPath> wanted(paths.begin(), paths.end());
  std::map<RepoPath, StagedEntries> entries;
  if (wanted.empty()) return entries;
  for (StagedEntry& entry : git::list_index(repository, paths)) {
    if (wanted.contains(entry.path)) entries[entry.path].push_back(std::move(entry));
  }
  mark_intents(repository, entries);
  return entries;
}

std::vector<git::IndexChange> index_changes(const git::Repository& repository,
                                            const std::vector<IndexStep>& steps,
                                            Direction direction, std::vector<RepoPath>& moved) {
  const bool forward = direction == Direction::Forward;
  std::vector<RepoPath> paths;
  for (const IndexStep& step : steps) paths.push_back(step.path);
  std::map<RepoPath, StagedEntries> now = staged_entries(repository, paths);
  std::vector<git::IndexChange> changes;
  for (const IndexStep& step : steps) {
    const StagedEntries& from = forward ? step.before : step.after;
    const StagedEntries& to = forward ? step.after : step.before;
    if (is_same(now[step.path], to)) continue;
    if (!is_same(now[step.path], from)) {
      moved.push_back(step.path);
      continue;
    }
    if (to.size() != 1 || to.front().stage != 0) changes.push_back({step.path, {}});
    for (const StagedEntry& entry : to) changes.push_back({step.path, entry.entry, entry.stage});
  }
  return changes;
}

}  // namespace gs::snapshot
