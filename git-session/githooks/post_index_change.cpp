#include "githooks/hooks.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/file/file.h"
#include "base/text.h"
#include "git/index/staging.h"
#include "git/repository.h"
#include "githooks/active_worktree.h"
#include "githooks/judge/undo_commands.h"
#include "githooks/judge/violations.h"

namespace gs::githooks {

namespace {

// What was staged at the last run of post-index-change: git-session/staged in the worktree's git
// directory. A file of another session, or an unreadable one, counts as empty: a path may then be
// named twice, but is never missed.
class StagedMemory {
 public:
  StagedMemory(const git::Repository& repository, std::string session);

  // Those of `staged` that were not remembered.
  [[nodiscard]] std::vector<PathChange> newly(const std::vector<PathChange>& staged) const;
  // Replaces the whole file, if anything differs.
  void remember(const std::vector<PathChange>& staged) const;

 private:
  std::string file_;
  std::string session_;
  std::set<std::string> known_;
};

std::string record_of(const PathChange& change) {
  return git::format_mode(change.after.mode) + " " + change.after.oid.hex() + " " +
         change.path.bytes();
}

StagedMemory::StagedMemory(const git::Repository& repository, std::string session)
    : file_(join_path(repository.git_dir(), "git-session/staged")), session_(std::move(session)) {
  const auto text = read_file_if_exists(file_);
  if (!text) return;
  const std::vector<std::string_view> records = split(*text, '\0');
  if (records.front() != session_) return;
  // The last one is empty if the file was written to its end.
  known_.insert(records.begin() + 1, records.end() - 1);
}

std::vector<PathChange> StagedMemory::newly(const std::vector<PathChange>& staged) const {
  std::vector<PathChange> changes;
  for (const PathChange& change : staged) {
    if (!known_.contains(record_of(change))) changes.push_back(change);
  }
  return changes;
}

void StagedMemory::remember(const std::vector<PathChange>& staged) const {
  std::set<std::string> records;
  for (const PathChange& change : staged) records.insert(record_of(change));
  if (records == known_) return;
  std::string text = session_ + '\0';
  for (const std::string& record : records) text += record + '\0';
  make_directories(file_.substr(0, file_.rfind('/')));
  write_file_atomically(file_, text);
}

// The index was written together with the work tree: a checkout, a merge, a reset. Also true for
// the private index of `git commit PATH…`.
bool with_the_work_tree(const HookCall& call) {
  return !call.arguments.empty() && call.arguments.front() == "1";
}

bool is_temporary(const HookCall& call) {
  return !call.index_file.empty() && call.index_file != join_path(call.git_dir, "index");
}

// Staged before the session, and unchanged since.
void leave_out_staged_at_start(const HookSession& session, std::vector<PathChange>& changes) {
  if (!session.baseline) return;
  std::erase_if(changes, [&](const PathChange& change) {
    const auto at_start = session.baseline->dirty.find(change.path);
    return at_start != session.baseline->dirty.end() && at_start->second.index == change.after;
  });
}

void say_swept_in(const Judged& judged, const HookCall& call, HookAnswer& answer) {
  if (judged.violations.empty() || enforcement_of(*judged.session) == session::Enforcement::Off) {
    return;
  }
  const std::vector<RepoPath> paths = paths_of(judged.violations);
  answer.add(Say::Warning, plural(paths.size(), "file") + " just staged " +
                               (paths.size() == 1 ? "does" : "do") + " not belong to " +
                               name_of(*judged.session));
  say_violations(judged.violations, "  ", answer);
  answer.add(Say::Hint, unstage_hint(paths, call.prefix));
}

}  // namespace

HookAnswer post_index_change(const HookCall& call) {
  HookAnswer answer;
  if (with_the_work_tree(call) || is_temporary(call)) return answer;
  const auto scene = ActiveWorktree::enter(call, answer);
  if (!scene) return answer;
  const std::vector<PathChange> staged = git::staged_changes(scene->repository());
  const StagedMemory memory(scene->repository(), scene->first().id);
  std::vector<PathChange> newly = memory.newly(staged);
  if (!newly.empty()) leave_out_staged_at_start(scene->first_session(), newly);
  if (!newly.empty()) say_swept_in(scene->judge(newly, find_swept_in), call, answer);
  memory.remember(staged);
  return answer;
}

}  // namespace gs::githooks
