#include "githooks/install/examine_hooks.h"

#include <algorithm>

#include "base/file/file.h"
#include "base/text.h"
#include "githooks/install/hook_files.h"
#include "githooks/install/hook_status.h"

namespace gs::githooks {
namespace {

using session::Area;
using session::Diagnoses;
using session::Diagnosis;

constexpr const char* kInstall = "git session hooks install";

bool runs(const HookStatus& status) {
  return status.state == HookState::Installed || status.state == HookState::Chained;
}

std::string with_manager(const HookStatus& status) {
  const std::string name(status.script->name);
  if (status.manager == Manager::None) return name;
  return name + " (" + std::string(manager_name(status.manager)) + ")";
}

class Examination {
 public:
  Examination(const git::Repository& repository, const Survey& seen, Diagnoses& found)
      : repository_(repository), seen_(seen), found_(found) {}

  void look() {
    if (seen_.directory.kind == DirectoryKind::Off) {
      found_.push_back(
          session::note(Area::Hooks,
                        "switched off: core.hooksPath is '" + seen_.directory.setting + "' in " +
                            seen_.directory.origin,
                        {"git config --unset core.hooksPath, in the file that sets it"}));
      return;
    }
    any_of_ours_ =
        std::any_of(seen_.hooks.begin(), seen_.hooks.end(), [](const HookStatus& status) {
          return runs(status) || status.state == HookState::Outdated ||
                 status.state == HookState::Edited;
        });
    for (const HookStatus& status : seen_.hooks) look_at(status);
    add_running();
    add_waiting();
  }

 private:
  void look_at(const HookStatus& status) {
    switch (status.state) {
      case HookState::Installed:
      case HookState::Chained:
        running_.push_back(with_manager(status));
        // It runs twice, or a git that is too old does not run it.
        if (!status.advice.empty())
          add(status, session::wrong(Area::Hooks, name(status) + ": " + status.advice.front(), {}));
        return;
      case HookState::Outdated:
        return add_outdated(status);
      case HookState::Edited:
        found_.push_back(session::note(Area::Hooks, status.advice.front(), {kInstall}));
        return;
      case HookState::Missing:
      case HookState::Foreign:
        break;
    }
    if (lost_its_caller(status)) return;
    if (status.script->optional) return;
    if (status.placeable) {
      waiting_.push_back(name(status));
      return;
    }
    const std::string what = status.state == HookState::Foreign
                                 ? " belongs to another program, which does not run ours"
                                 : " is not installed";
    add(status, missing(with_manager(status) + what, status.advice));
  }

  void add_outdated(const HookStatus& status) {
    const bool is_another =
        origin_of(*status.script, content_of(status.path)) == ScriptOrigin::Outdated;
    Diagnosis diagnosis = session::wrong(
        Area::Hooks,
        "'" + shown(status.path) + "' is " +
            (is_another ? "another version's" : "not executable: git does not run it"),
        {kInstall});
    if (status.placeable) diagnosis.repair = session::Repair::HookScripts;
    add(status, std::move(diagnosis));
  }

  // The hook that was there before ours runs through ours alone.
  bool lost_its_caller(const HookStatus& status) {
    const std::string previous = previous_path(seen_.directory, status.script->name);
    if (status.state != HookState::Missing || !file_info(previous)) return false;
    found_.push_back(session::wrong(
        Area::Hooks,
        "'" + shown(previous) + "' does not run: our hook, which called it, is missing",
        {std::string(kInstall) +
         " restores ours; git session hooks uninstall restores the other"}));
    return true;
  }

  [[nodiscard]] Diagnosis missing(std::string text, std::vector<std::string> fix) const {
    return any_of_ours_ ? session::wrong(Area::Hooks, std::move(text), std::move(fix))
                        : session::note(Area::Hooks, std::move(text), std::move(fix));
  }

  void add(const HookStatus& status, Diagnosis diagnosis) {
    if (diagnosis.fix.empty() && status.advice.size() > 1)
      diagnosis.fix.assign(status.advice.begin() + 1, status.advice.end());
    if (diagnosis.fix.empty()) diagnosis.fix = {"git session hooks status"};
    found_.push_back(std::move(diagnosis));
  }

  void add_running() {
    if (!running_.empty()) found_.push_back(session::fine(Area::Hooks, join(running_, ", ")));
  }

  void add_waiting() {
    if (waiting_.empty()) return;
    const std::string are = waiting_.size() == 1 ? " is" : " are";
    found_.push_back(missing(join(waiting_, " and ") + are + " not installed", {kInstall}));
  }

  static std::string name(const HookStatus& status) { return std::string(status.script->name); }
  [[nodiscard]] std::string shown(const std::string& path) const {
    return shown_path(repository_, path);
  }

  const git::Repository& repository_;
  const Survey& seen_;
  Diagnoses& found_;
  std::vector<std::string> running_;  // ours
  std::vector<std::string> waiting_;  // 'install' would install them
  bool any_of_ours_ = false;
};

}  // namespace

void examine_hooks(const git::Repository& repository, const std::vector<git::ConfigValue>& config,
                   Diagnoses& found) {
  const Survey seen = survey(repository, config, false);
  Examination(repository, seen, found).look();
}

}  // namespace gs::githooks
