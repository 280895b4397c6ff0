#include "workflow/paused_files.h"

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/index/replace_file.h"
#include "session/home.h"
#include "session/scope_edit.h"
#include "session/state_scan.h"

namespace gs::workflow {
namespace {

constexpr std::string_view kStateFile = "STATE.md";

FilePlace aside_of(const session::Workspace& workspace, const TrackedPlace& place) {
  return session::paused_session(workspace.repository.common_dir(), place.session);
}

FilePlace in_tree(const TrackedPlace& place, std::string_view name) {
  return FilePlace(RepoPath(place.state_directory)).child(name);
}

void copy_aside(const session::Workspace& workspace, const FilePlace& from, const FilePlace& to) {
  const TreeFiles files = workspace.repository.files();
  const auto text = files.read(from);
  if (text && files.read(to) != text) git::replace_file(workspace.repository, to, *text);
}

void move_aside(const session::Workspace& workspace, const FilePlace& from, const FilePlace& to) {
  copy_aside(workspace, from, to);
  workspace.repository.files().remove(from);
}

// HEAD's STATE.md; absent if it has none. Where it is of a session that is not over, this one
// itself maybe, giving it back would open that.
struct OfHead {
  std::optional<std::string> text = {};
  bool is_open = false;
};
OfHead state_of_head(const git::Repository& repository, const FilePlace& file) {
  const auto head = repository.head().commit;
  if (!head) return {};
  const git::TreeEntry entry = repository.tree_entry(repository.commit(*head).tree, *file.inside());
  if (!entry.present()) return {};
  OfHead of_head{repository.read_blob(entry.oid)};
  try {
    const session::StateFile state = session::parse_state(*of_head.text, "STATE.md");
    of_head.is_open =
        state.status == session::Status::Active || state.status == session::Status::Paused;
  } catch (const Error&) {
    of_head.is_open = false;
  }
  return of_head;
}

bool is_of(const std::optional<std::string>& state, const std::string& session) {
  try {
    return state && session::parse_state(*state, "STATE.md").id() == session;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

void put_aside(const session::Workspace& workspace, const TrackedPlace& place, bool all,
               std::vector<std::string>& warnings) {
  const git::Repository& repository = workspace.repository;
  const FilePlace aside = aside_of(workspace, place);
  const FilePlace state = in_tree(place, kStateFile);
  // Once its STATE.md has left, what is there is another session's.
  if (!is_of(repository.files().read(state), place.session)) return;
  if (all) {
    const OfHead of_head = state_of_head(repository, state);
    if (of_head.is_open) {
      warnings.push_back("'" + state.quoted() +
                         "' stays in the work tree: HEAD has one of a session that is not over");
      all = false;
    }
  }
  if (!all && !place.scope) return;
  const auto note = [&](std::string_view name, const std::string& text) {
    if (repository.files().read(aside.child(name)) != text)
      git::replace_file(repository, aside.child(name), text);
  };
  note(session::kWorktreeFile, session::worktree_name(repository.git_dir()) + "\n");
  note(session::kDirectoryFile, place.state_directory + "\n");
  const FileLock lock = session::lock_wave_scope(repository);
  if (place.scope) move_aside(workspace, *place.scope, aside.child(session::kScopeFile));
  if (!all) return;
  move_aside(workspace, in_tree(place, session::kPlanFile), aside.child(session::kPlanFile));
  // From here on the copy is the session's.
  copy_aside(workspace, state, aside.child(kStateFile));
  if (const OfHead of_head = state_of_head(repository, state); of_head.text) {
    git::replace_file(repository, state, *of_head.text);
  } else {
    repository.files().remove(state);
    repository.files().remove_empty_directories(state);
  }
}

void require_free_place(const session::Workspace& workspace, const TrackedPlace& place) {
  const TreeFiles files = workspace.repository.files();
  const FilePlace aside = aside_of(workspace, place);
  const FilePlace state = in_tree(place, kStateFile);
  if (const auto text = files.read(state)) {
    const session::StateFile there =
        session::read_state(*text, state.bytes(), workspace.repository.git_dir());
    const bool is_over =
        there.status != session::Status::Active && there.status != session::Status::Paused;
    if (!is_over && there.id() != place.session) {
      throw refused("session '" + there.id() + "' is " +
                    std::string(session::status_name(there.status)) + " in '" +
                    place.state_directory + "'")
          .with_hint(there.status == session::Status::Paused
                         ? "'git session pause --shelve --session " + quote_shell(there.id()) +
                               "' takes it out of the work tree"
                         : "close, pause or abandon it first");
    }
  }
  const auto require_same = [&](const FilePlace& file, std::string_view name) {
    const auto kept = files.read(aside.child(name));
    const auto now = kept ? files.read(file) : std::nullopt;
    if (now && now != kept) {
      throw refused("'" + file.quoted() + "' is in the way: it is not the paused session's")
          .with_hint("move it away, then resume the session");
    }
  };
  require_same(in_tree(place, session::kPlanFile), session::kPlanFile);
  if (place.scope) require_same(*place.scope, session::kScopeFile);
}

void put_back(const session::Workspace& workspace, const TrackedPlace& place) {
  const FilePlace aside = aside_of(workspace, place);
  const FileLock lock = session::lock_wave_scope(workspace.repository);
  copy_aside(workspace, aside.child(session::kPlanFile), in_tree(place, session::kPlanFile));
  if (place.scope) copy_aside(workspace, aside.child(session::kScopeFile), *place.scope);
  copy_aside(workspace, aside.child(kStateFile), in_tree(place, kStateFile));
  remove_tree(aside.bytes());
}

}  // namespace gs::workflow
