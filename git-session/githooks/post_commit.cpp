#include "githooks/hooks.h"

#include <algorithm>

#include "base/file/file.h"
#include "base/text.h"
#include "git/index/staging.h"
#include "githooks/active_worktree.h"
#include "githooks/judge/undo_commands.h"
#include "githooks/judge/violations.h"
#include "records/events.h"

namespace gs::githooks {

namespace {

void record(const git::Repository& repository, const git::Commit& commit, const Judged& judged,
            const std::vector<PathChange>& staged, const Clock& clock) {
  std::vector<records::ScopeViolationEvent> events;
  const std::string_view enforcement = session::enforcement_name(enforcement_of(*judged.session));
  for (const Violation& violation : judged.violations) {
    events.push_back({judged.session->found.id, commit.oid.hex(), violation.path, violation.rule,
                      std::string(enforcement)});
  }
  const session::Home home(judged.session->found.directory.inside().has_value(),
                           repository.common_dir());
  const FilePlace events_file =
      records::events_file_of_hooks(repository, home, [&](const RepoPath& file) {
        return repository.tree_entry(commit.tree, file).present() ||
               std::any_of(staged.begin(), staged.end(),
                           [&](const PathChange& change) { return change.path == file; });
      });
  const FileLock lock = git::lock_list(repository, records::kEventsLock);
  records::record_violations(repository.files(), events_file, events, clock.now());
}

void advise(const UndoRequest& request, HookAnswer& answer) {
  if (const auto list = path_list(request)) {
    make_directories(request.directory);
    write_file_atomically(path_list_file(request), *list);
  }
  answer.add(Say::Hint, "to take " + std::string(request.paths.size() == 1 ? "it" : "them") +
                            " out of the commit and leave the work tree as it is:");
  for (const std::string& command : undo_commands(request)) {
    answer.add(Say::Hint, "  " + command);
  }
}

UndoRequest take_apart_of(const git::Repository& repository, const HookCall& call,
                          const git::Commit& commit, const Judged& judged, std::size_t changed,
                          bool others_are_staged) {
  UndoRequest request;
  request.commit = commit.oid.abbreviated();
  request.root = commit.parents.empty();
  request.paths = paths_of(judged.violations);
  request.whole = request.paths.size() == changed;
  request.others_are_staged = others_are_staged;
  request.prefix = call.prefix;
  request.directory = join_path(repository.git_dir(), "git-session");
  return request;
}

}  // namespace

HookAnswer post_commit(const HookCall& call, const Clock& clock) {
  HookAnswer answer;
  const auto scene = ActiveWorktree::enter(call, answer);
  if (!scene) return answer;
  const git::Repository& repository = scene->repository();
  const auto head = repository.head().commit;
  if (!head) return answer;
  const git::Commit commit = repository.commit(*head);
  if (ends_a_replay(repository, commit)) return answer;
  const std::vector<PathChange> changes = changes_of(repository, commit);
  const Judged judged = scene->judge(changes);
  if (judged.violations.empty() || enforcement_of(*judged.session) == session::Enforcement::Off) {
    return answer;
  }
  const std::vector<PathChange> staged = git::staged_changes(repository);
  const UndoRequest request =
      take_apart_of(repository, call, commit, judged, changes.size(), !staged.empty());
  scene->say_problems(answer);
  answer.add(Say::Warning, "commit " + request.commit + " has " +
                               plural(request.paths.size(), "file") + " that " +
                               (request.paths.size() == 1 ? "does" : "do") + " not belong to " +
                               name_of(*judged.session));
  say_violations(judged.violations, "  ", answer);
  advise(request, answer);
  record(repository, commit, judged, staged, clock);
  return answer;
}

}  // namespace gs::githooks
