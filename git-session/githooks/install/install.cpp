#include "githooks/install/install.h"

#include "base/error.h"
#include "base/file/file.h"
#include "git/repository.h"
#include "githooks/install/hook_files.h"

namespace gs::githooks {
namespace {

bool has_script_of_ours(const HookStatus& status) {
  return status.caller.empty() &&
         (status.state == HookState::Installed || status.state == HookState::Chained ||
          status.state == HookState::Outdated || status.state == HookState::Edited);
}

std::string install_action(const HookStatus& status, const std::string& previous) {
  if (status.state == HookState::Installed || status.state == HookState::Chained) return "kept";
  if (!status.placeable) return "left";
  if (status.state == HookState::Outdated) return "updated";
  return file_info(status.path) || file_info(previous) ? "chained" : "installed";
}

// Where other programs move a hook that is in their way: git's own place, the pre-commit
// framework's, and lefthook's.
std::vector<std::string> places_of(const HooksDirectory& directory, std::string_view hook) {
  const std::string path = join_path(directory.path, hook);
  return {path, path + ".legacy", path + ".old"};
}

FileLock lock_hooks(const git::Repository& repository) {
  return git::lock_list(repository, {"hooks", "the hooks", git::ListLock::Of::Repository});
}

// After a failure, so that all hooks are installed or none is: those that were placed, and what the
// failing one, the last, has left. An updated script is complete, and stays.
void take_back(const std::vector<const HookChange*>& changes, const HooksDirectory& directory) {
  for (auto it = changes.rbegin(); it != changes.rend(); ++it) {
    const HookChange& change = **it;
    const std::string& path = change.status.path;
    const std::string previous = previous_path(directory, change.status.script->name);
    try {
      remove_leftover(path);
      const bool is_placed =
          origin_of(*change.status.script, content_of(path)) == ScriptOrigin::Ours;
      const bool is_kept = file_info(previous) && (!file_info(path) || same_file(path, previous));
      if (change.action != "updated" && (is_placed || is_kept)) take_out_script(path, previous);
    } catch (const Error&) {
      continue;  // the cause is reported already, and each hook is whole
    }
  }
}

class Removal {
 public:
  Removal(const git::Repository& repository, const HooksDirectory& directory, bool dry_run)
      : repository_(repository), directory_(directory), dry_run_(dry_run) {}

  void remove(HookChange& change) {
    const HookScript& script = *change.status.script;
    const std::string previous = previous_path(directory_, script.name);
    for (const std::string& place : places_of(directory_, script.name)) {
      if (!dry_run_) remove_leftover(place);
      switch (origin_of(script, content_of(place))) {
        case ScriptOrigin::Other:
          break;
        case ScriptOrigin::Edited:
          change.action = "left";
          change.advice = {"'" + shown(place) +
                           "' was changed after it was installed; remove it yourself"};
          return;
        case ScriptOrigin::Ours:
        case ScriptOrigin::Outdated:
          take_out(change, place, previous);
      }
    }
    if (change.action.empty()) pick_up(change, previous);
    if (!change.status.caller.empty()) {
      change.action = "left";
      change.advice = {"'" + shown(change.status.caller) +
                       "' runs git-session; remove that yourself"};
    }
  }

  // After a failure, so that all hooks are removed or none is.
  void take_back() const {
    for (auto it = taken_.rbegin(); it != taken_.rend(); ++it) {
      try {
        if (content_of(it->place) != it->text)
          place_script(it->place, it->previous, it->text, it->restores);
      } catch (const Error&) {
        continue;  // the cause is reported already, and each hook is whole
      }
    }
  }

 private:
  struct Taken {
    std::string place;
    std::string previous;
    std::string text;
    bool restores;
  };

  void take_out(HookChange& change, const std::string& place, const std::string& previous) {
    const bool restores = file_info(previous).has_value();
    if (restores || change.action.empty()) change.action = restores ? "restored" : "removed";
    if (dry_run_) return;
    taken_.push_back({place, previous, content_of(place), restores});
    take_out_script(place, previous);
  }

  // The previous hook without a script of ours: an installation was killed, or our script was
  // removed or replaced.
  void pick_up(HookChange& change, const std::string& previous) const {
    if (!file_info(previous)) return;
    const std::string path = join_path(directory_.path, change.status.script->name);
    if (file_info(path) && !same_file(path, previous)) {
      change.action = "left";
      change.advice = {"'" + shown(previous) + "' is the hook that was there before, but '" +
                       shown(path) +
                       "' has been replaced since; remove the one that you do not want"};
      return;
    }
    change.action = "restored";
    if (!dry_run_) take_out_script(path, previous);
  }

  std::string shown(const std::string& path) const { return shown_path(repository_, path); }

  const git::Repository& repository_;
  const HooksDirectory& directory_;
  bool dry_run_;
  std::vector<Taken> taken_;
};

}  // namespace

std::vector<HookChange> install(const git::Repository& repository,
                                const std::vector<git::ConfigValue>& config,
                                const InstallRequest& request) {
  std::optional<FileLock> lock;
  if (!request.dry_run) lock = lock_hooks(repository);
  const Survey seen = survey(repository, config, request.force);
  if (seen.directory.kind == DirectoryKind::Off) {
    throw refused("hooks are switched off: core.hooksPath is '" + seen.directory.setting + "' in " +
                  seen.directory.origin)
        .with_hint("remove it with 'git config --unset core.hooksPath', in the file that sets it");
  }
  std::vector<HookChange> changes;
  for (const HookStatus& status : seen.hooks) {
    const bool wanted = !status.script->optional ||
                        request.with.contains(std::string(status.script->name)) ||
                        has_script_of_ours(status);
    if (!wanted) continue;
    const std::string previous = previous_path(seen.directory, status.script->name);
    changes.push_back({status, install_action(status, previous), status.advice});
  }
  if (request.dry_run) return changes;
  std::vector<const HookChange*> begun;
  try {
    for (const HookChange& change : changes) {
      if (change.action == "kept" || change.action == "left") continue;
      begun.push_back(&change);
      place_script(change.status.path, previous_path(seen.directory, change.status.script->name),
                   stamped(*change.status.script), change.action == "chained");
    }
  } catch (const Error&) {
    take_back(begun, seen.directory);
    throw;
  }
  return changes;
}

std::vector<HookChange> refresh(const git::Repository& repository,
                                const std::vector<git::ConfigValue>& config, bool dry_run) {
  std::optional<FileLock> lock;
  if (!dry_run) lock = lock_hooks(repository);
  std::vector<HookChange> changes;
  for (const HookStatus& status : survey(repository, config, false).hooks) {
    if (status.state != HookState::Outdated || !status.placeable) continue;
    changes.push_back({status, "updated", status.advice});
    if (!dry_run) place_script(status.path, status.previous, stamped(*status.script), false);
  }
  return changes;
}

std::vector<HookChange> uninstall(const git::Repository& repository,
                                  const std::vector<git::ConfigValue>& config, bool dry_run) {
  std::optional<FileLock> lock;
  if (!dry_run) lock = lock_hooks(repository);
  const Survey seen = survey(repository, config, false);
  Removal removal(repository, seen.directory, dry_run);
  std::vector<HookChange> changes;
  try {
    for (const HookStatus& status : seen.hooks) {
      HookChange change{status, "", {}};
      if (seen.directory.kind != DirectoryKind::Off) removal.remove(change);
      if (!change.action.empty()) changes.push_back(std::move(change));
    }
  } catch (const Error&) {
    removal.take_back();
    throw;
  }
  return changes;
}

}  // namespace gs::githooks
