#include "workflow/pause.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "git/index/replace_file.h"
#include "git/objects/worktree_blobs.h"
#include "session/current.h"
#include "session/pauses.h"
#include "session/submodules.h"
#include "snapshot/gc.h"
#include "snapshot/restore/shelf.h"
#include "snapshot/store.h"
#include "workflow/overview.h"
#include "workflow/paused_files.h"
#include "workflow/session_locks.h"
#include "workflow/shelved_work.h"
#include "workflow/start_checks.h"

namespace gs::workflow {
namespace {

using session::OwnedChange;
using session::Owner;

// A session while it is set aside.
struct Scene {
  const session::Workspace& workspace;
  const PauseRequest& request;
  Timestamp now;
  session::Pauses pauses;
  long wave = 0;

  [[nodiscard]] const git::Repository& repository() const { return workspace.repository; }
};

// What only git can take out of the tree.
bool is_submodule(const session::Change& change) {
  constexpr git::FileMode kLink = git::FileMode::Gitlink;
  return change.head.mode == kLink || change.index.mode == kLink || change.worktree.mode == kLink;
}

// Whose the changes are, as it is to be known as long as the session is paused.
void sort_changes(const std::vector<OwnedChange>& changes, session::Pauses& pauses,
                  std::vector<snapshot::Reason>& left) {
  for (const OwnedChange& owned : changes) {
    const RepoPath& path = owned.change.path;
    if (owned.owner == Owner::Foreign) continue;
    if (owned.owner == Owner::Ours) {
      session::PausedFile file{owned.change.worktree};
      file.stays = is_submodule(owned.change);
      if (file.stays) left.push_back({path, "a submodule"});
      pauses.files.emplace(path, file);
    } else {
      pauses.undecided.insert(path);
      left.push_back({path, owned.reason});
    }
  }
  // What describes a submodule stays with it.
  for (const OwnedChange& owned : changes) {
    const auto found = pauses.files.find(owned.change.path);
    if (found == pauses.files.end() || !session::is_gitmodules(owned.change)) continue;
    if (!owned.renamed_with || !pauses.files.contains(*owned.renamed_with)) continue;
    found->second.stays = true;
    left.push_back({owned.change.path, "it describes a submodule"});
  }
}

void note_permissions(const git::Repository& repository, session::Pauses& pauses) {
  const TreeFiles files = repository.files();
  for (auto& [path, file] : pauses.files) {
    if (!file.worktree.is_file()) continue;
    if (const auto mode = files.entry(path).mode()) file.permissions = *mode & 0777U;
  }
}

// Saves what is dirty; what cannot be saved stays in the tree.
void save(Scene& scene, PauseResult& result) {
  snapshot::SaveRequest save;
  save.session = scene.pauses.session;
  save.wave = scene.wave;
  save.label = snapshot::kPausedLabel;
  save.message = result.note;
  save.durable = true;
  save.capture.largest_untracked = scene.workspace.config.size("snapshot-max-file");
  save.now = scene.now;
  const snapshot::SaveResult saved = snapshot::save(scene.repository(), save, true);
  scene.pauses.snapshot = saved.ref;
  for (const snapshot::Skipped& skipped : saved.left_out) {
    const auto own = scene.pauses.files.find(skipped.path);
    if (own == scene.pauses.files.end() || own->second.stays) continue;
    own->second.stays = true;
    result.left.push_back({skipped.path, skipped.reason});
  }
  for (std::string& text : snapshot::keep_to_budget(scene.workspace, saved, scene.now))
    result.warnings.push_back(std::move(text));
}

// Notes what has left the tree.
void note_taken_out(Scene& scene, const std::set<RepoPath>& paths) {
  for (auto& [path, file] : scene.pauses.files) file.stays = file.stays || !paths.contains(path);
  scene.pauses.out = true;
  session::write_pauses(scene.repository().checkout(), scene.pauses);
}

void take_out(Scene& scene, PauseResult& result) {
  const bool dry_run = scene.request.dry_run;
  const auto saved = dry_run ? std::nullopt : shelving_snapshot(scene.repository(), scene.pauses);
  if (!dry_run && !saved) return note_taken_out(scene, {});  // nothing was dirty
  snapshot::ShelfRequest shelf = shelf_of(scene.workspace, scene.pauses);
  shelf.dry_run = dry_run;
  shelf.done = [&scene](const std::set<RepoPath>& paths) { note_taken_out(scene, paths); };
  const snapshot::ShelfResult taken = [&] {
    try {
      return snapshot::take_out(scene.repository(), saved ? &*saved : nullptr, shelf);
    } catch (const Error& error) {
      if (dry_run) throw;
      throw Error(error.kind(), error.message())
          .with_hint(
              "the session is paused, and its changes are still in the tree: 'git session "
              "pause' tries again, 'git session resume' continues it");
    }
  }();
  for (const snapshot::Reason& reason : taken.plan.left) {
    if (shelf.files.contains(reason.path)) result.left.push_back(reason);
  }
  for (const RepoPath& path : taken.moved) result.left.push_back({path, "changed meanwhile"});
  if (!dry_run) return;
  for (const snapshot::Reason& reason : taken.plan.left) {
    const auto found = scene.pauses.files.find(reason.path);
    if (found != scene.pauses.files.end()) found->second.stays = true;
  }
}

// From here on a kill leaves a paused session.
void shelve(Scene& scene, PauseResult& result) {
  if (scene.pauses.shelve && !scene.pauses.out) take_out(scene, result);
  if (scene.request.dry_run || !scene.workspace.home.tracked()) return;
  put_aside(scene.workspace,
            {scene.pauses.session, scene.workspace.tracked_directory, scene.pauses.scope},
            scene.pauses.shelve, result.warnings);
}

void list_files(const Scene& scene, PauseResult& result) {
  const session::Pauses& pauses = scene.pauses;
  const bool out = pauses.out || (scene.request.dry_run && pauses.shelve);
  for (const auto& [path, file] : pauses.files)
    (out && !file.stays ? result.shelved : result.kept).push_back(path);
  result.snapshot = pauses.snapshot;
  if (!pauses.shelve) result.left.clear();
  std::stable_sort(result.left.begin(), result.left.end(),
                   [](const auto& a, const auto& b) { return a.path < b.path; });
}

PauseResult result_of(const std::string& id, const session::StateFile& state) {
  PauseResult result;
  result.session = id;
  result.name = state.name;
  result.title = state.title;
  result.branch = state.branch;
  result.started_at = state.started_at;
  return result;
}

void require_nothing_half_done(const session::Workspace& workspace, const Overview& now,
                               bool shelve) {
  if (!shelve) return;
  const git::Operation operation = workspace.repository.operation_in_progress();
  const bool is_fine = operation == git::Operation::None || operation == git::Operation::Bisect;
  if (is_fine && now.unmerged.empty()) return;
  throw refused(is_fine ? "there are files with conflicts"
                        : "a " + std::string(git::operation_name(operation)) + " is in progress")
      .with_hint("finish or abort it first, or pause without --shelve");
}

PauseResult begin_pause(const session::Workspace& workspace, const PauseRequest& request,
                        const Overview& overview, Timestamp now) {
  const git::Repository& repository = workspace.repository;
  const session::CurrentSession& session = *overview.session;
  require_no_cut_off_restore(workspace);
  require_nothing_half_done(workspace, overview, request.shelve);
  PauseResult result = result_of(session.id, session.state);
  result.head = repository.head().commit;
  result.paused_at = now;
  result.note = trim(request.note);

  Scene scene{workspace, request, now, {session.id}, session.state.current_wave.value_or(0)};
  scene.pauses.all = session.pauses.all;
  // One that was killed before it began.
  if (!scene.pauses.all.empty() && !scene.pauses.all.back().resumed_at) scene.pauses.all.pop_back();
  scene.pauses.all.push_back(
      {now, result.head, repository.head().branch.value_or("HEAD"), result.note});
  scene.pauses.shelve = request.shelve;
  if (session.scope) scene.pauses.scope = session.scope->file.inside();
  sort_changes(overview.changes, scene.pauses, result.left);
  note_permissions(repository, scene.pauses);
  if (!request.dry_run) {
    save(scene, result);
    session::write_pauses(repository.checkout(), scene.pauses);
    // This pauses it.
    git::replace_file(
        repository, workspace.state_file(),
        session::mark_paused(session.state_text, result.head ? result.head->hex() : "", now));
  }
  shelve(scene, result);
  list_files(scene, result);
  return result;
}

// Of a paused session those files that are not as it left them.
void note_changed(Scene& scene, PauseResult& result) {
  std::vector<git::WorktreeFile> files;
  for (const auto& [path, file] : scene.pauses.files) files.push_back({path, file.worktree.mode});
  const git::ReadFiles now = git::hash_readable_files(scene.repository(), files);
  std::size_t i = 0;
  for (auto& [path, file] : scene.pauses.files) {
    const git::TreeEntry entry = now.entries[i].value_or(git::TreeEntry{});
    const bool is_same = entry == file.worktree && !now.left_out[i];
    ++i;
    if (is_same || file.stays) continue;
    file.stays = true;
    result.left.push_back({path, "changed since the session was paused"});
  }
}

// As it is now that no other process can change it.
session::FoundState paused_of(const session::Workspace& workspace, const std::string& id) {
  for (const session::FoundState& found : workspace.paused_sessions)
    if (found.id == id) return found;
  throw refused("session '" + id + "' was resumed in the meantime");
}

// What a killed pause has not done, and shelving what one has left in the tree.
PauseResult continue_pause(const session::Workspace& workspace, const PauseRequest& request,
                           const session::FoundState& found, Timestamp now) {
  PauseResult result = result_of(found.id, found.state);
  Scene scene{workspace, request, now,
              session::read_pauses(workspace.repository.checkout(), found.id),
              found.state.current_wave.value_or(0)};
  const session::Pause* const open = session::open_pause(scene.pauses, found.state);
  if (open == nullptr) {
    throw refused("session '" + found.called() + "' is paused, but not by this program")
        .with_hint("'git session resume' continues it; then it can be paused");
  }
  result.head = open->head;
  result.paused_at = open->paused_at;
  result.note = open->note;
  if (!request.dry_run) {
    (void)snapshot::settle_cut_off(
        workspace.repository, found.id, true,
        [&scene](const std::set<RepoPath>& paths) { note_taken_out(scene, paths); });
  }
  const bool was_out = scene.pauses.out;
  const bool begins = request.shelve && !scene.pauses.shelve;
  if (begins) {
    require_nothing_half_done(workspace, {}, true);
    note_changed(scene, result);
    scene.pauses.shelve = true;
    if (!request.dry_run) {
      save(scene, result);
      session::write_pauses(workspace.repository.checkout(), scene.pauses);
    }
  }
  result.already = !begins && (was_out || !scene.pauses.shelve);
  shelve(scene, result);
  list_files(scene, result);
  return result;
}

}  // namespace

PauseResult pause(const session::Workspace& workspace, const PauseRequest& request,
                  const Clock& clock) {
  const Timestamp now = clock.now();
  const FileLock closes = lock_out_closes(workspace, now);
  const FileLock starts = lock_start(workspace, now);
  if (!workspace.config.flag("persistence"))
    throw refused("persistence is off, so that there is no session to pause");
  session::require_one_session(workspace);
  require_no_unfinished_close(workspace);
  const Overview overview = workflow::overview(workspace);
  if (overview.session) return begin_pause(workspace, request, overview, now);
  const std::vector<session::FoundState> paused = session::paused_here(workspace);
  if (paused.empty()) {
    throw refused(session::none_is_open(overview.absence))
        .with_hint("'git session start' opens one");
  }
  if (paused.size() > 1) {
    throw refused(session::none_is_open(overview.absence))
        .with_hint("'--session SESSION' says which of them is meant");
  }
  const session::Workspace own = session::open_workspace(paused.front());
  return continue_pause(own, request, paused_of(own, paused.front().id), now);
}

}  // namespace gs::workflow
