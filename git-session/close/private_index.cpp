#include "close/private_index.h"

#include <map>
#include <set>

#include "base/file.h"
#include "close/records.h"
#include "git/ignore.h"
#include "git/merge.h"
#include "git/worktree_blobs.h"

namespace gs::close {

namespace {

git::ObjectId tree_of(const git::Repository& repository,
                      const std::optional<git::ObjectId>& commit) {
  return commit ? repository.commit(*commit).tree : git::Repository::empty_tree();
}

// sessions.jsonl as it is in HEAD, and this session's record.
git::TreeEntry record_alone(const Context& context, const git::TreeEntry& head) {
  std::string text = head.present() ? context.repository().read_blob(head.oid) : std::string();
  if (!text.empty() && text.back() != '\n') text += '\n';
  const git::FileMode mode = head.present() ? head.mode : git::FileMode::Regular;
  return {mode, context.repository().write_blob(text + context.write_plan->record_line)};
}

// An index entry that somebody staged over `before`, carried over to `after`.
std::optional<git::TreeEntry> carry_over(const git::Repository& repository,
                                         const git::TreeEntry& staged, const git::TreeEntry& before,
                                         const git::TreeEntry& after) {
  const auto is_text = [](const git::TreeEntry& entry) {
    return entry.mode == git::FileMode::Regular || entry.mode == git::FileMode::Executable;
  };
  if (!is_text(staged) || !is_text(before) || !is_text(after)) return std::nullopt;
  const auto merged =
      git::merge_contents(repository.read_blob(before.oid), repository.read_blob(staged.oid),
                          repository.read_blob(after.oid));
  if (!merged) return std::nullopt;
  const git::FileMode mode = staged.mode == before.mode ? after.mode : staged.mode;
  return git::TreeEntry{mode, repository.write_blob(*merged)};
}

}  // namespace

std::string private_index(const Context& context) {
  return join_path(Journal::directory(context.workspace), "index");
}

std::vector<RepoPath> fill_private_index(const Context& context,
                                         const std::vector<git::IndexChange>& changes) {
  const git::Repository& repository = context.repository();
  const std::string file = private_index(context);
  remove_file(file + ".lock");  // of a git that was killed with an earlier run of this close
  const std::optional<git::ObjectId> head = repository.head().commit;
  const git::ObjectId before = tree_of(repository, head);
  git::read_tree_into_index(repository, file, before.hex());
  git::apply_to_index(repository, file, changes);

  std::map<RepoPath, git::TreeEntry> expected;
  for (const git::IndexChange& change : changes) {
    if (repository.tree_entry(before, change.path) != change.entry)
      expected[change.path] = change.entry;
  }
  std::vector<RepoPath> wrong;
  for (const git::TreeDiffEntry& entry :
       repository.diff_trees(before, git::write_index_tree(repository, file))) {
    const auto found = expected.find(entry.path);
    if (found == expected.end() || found->second != entry.after) wrong.push_back(entry.path);
    if (found != expected.end()) expected.erase(found);
  }
  for (const auto& [path, entry] : expected) wrong.push_back(path);
  return wrong;
}

std::vector<git::IndexChange> record_changes(const Context& context) {
  const git::Repository& repository = context.repository();
  const git::ObjectId head = tree_of(repository, repository.head().commit);
  const std::set<RepoPath> ignored =
      git::ignored_paths(repository, context.write_plan->record_paths);
  std::vector<git::WorktreeFile> files;
  for (const RepoPath& path : context.write_plan->record_paths) {
    if (!ignored.contains(path)) files.push_back({path, repository.tree_entry(head, path).mode});
  }
  const auto stored = git::store_worktree_files(repository, files);
  std::vector<git::IndexChange> changes;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const git::TreeEntry before = repository.tree_entry(head, files[i].path);
    git::TreeEntry after = stored[i].value_or(git::TreeEntry{});
    if (files[i].path.bytes() == kSessionsFile && context.write_plan->record_alone) {
      after = record_alone(context, before);
    }
    if (after != before) changes.push_back({files[i].path, after});
  }
  return changes;
}

std::vector<git::IndexChange> follow_commit(const git::Repository& repository,
                                            const std::optional<git::ObjectId>& parent,
                                            const git::ObjectId& commit) {
  const std::vector<git::TreeDiffEntry> differences =
      repository.diff_trees(tree_of(repository, parent), repository.commit(commit).tree);
  std::vector<RepoPath> paths;
  for (const git::TreeDiffEntry& entry : differences) paths.push_back(entry.path);
  const std::vector<git::TreeEntry> staged = git::index_entries(repository, paths);
  const git::ObjectId empty_blob = git::Repository::hash_blob("");
  std::vector<git::IndexChange> changes;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const auto& [path, before, after] = differences[i];
    // An intent-to-add entry shows as the empty blob.
    const bool untouched =
        staged[i] == before || (!before.present() && staged[i].oid == empty_blob);
    if (staged[i] == after) continue;
    if (untouched) {
      changes.push_back({path, after});
    } else if (const auto carried = carry_over(repository, staged[i], before, after)) {
      changes.push_back({path, *carried});
    }
  }
  return changes;
}

}  // namespace gs::close
