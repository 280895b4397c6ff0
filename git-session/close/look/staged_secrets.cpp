#include "close/look/staged_secrets.h"

#include <iterator>

#include "checks/secrets/secrets.h"
#include "close/records.h"

namespace gs::close {

namespace {

AddedLines::Lines lines_of(Context& context, const StagedFile& file) {
  const git::Repository& repository = context.repository();
  const session::Change& change = file.change.change;
  if (file.split_content) {
    return context.added_lines.of_content(repository, change.path, change.head,
                                          *file.split_content);
  }
  if (file.entry == change.worktree || !is_text_entry(file.entry)) {
    return context.added_lines.of_worktree(repository, change.path, change.head, file.entry);
  }
  return context.added_lines.of_content(repository, change.path, change.head,
                                        repository.read_blob(file.entry.oid));
}

void look_at(const RepoPath& path, const AddedLines::Lines& lines,
             std::vector<session::Finding>& findings) {
  std::vector<session::Finding> found = checks::find_secrets(path.bytes(), *lines);
  findings.insert(findings.end(), std::make_move_iterator(found.begin()),
                  std::make_move_iterator(found.end()));
}

}  // namespace

std::vector<session::Finding> find_staged_secrets(Context& context) {
  std::vector<session::Finding> findings;
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files) {
      look_at(file.change.change.path, lines_of(context, file), findings);
    }
  }
  for (const session::OwnedChange& owned : context.owned) {
    const session::Change& change = owned.change;
    if (owned.owner == session::Owner::Foreign ||
        !is_committed_record(context.workspace, change.path)) {
      continue;
    }
    look_at(change.path,
            context.added_lines.of_worktree(context.repository(), change.path, change.head,
                                            change.worktree),
            findings);
  }
  return findings;
}

}  // namespace gs::close
