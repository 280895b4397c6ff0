#include "githooks/install/hook_status.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "base/ascii.h"
#include "base/file/file.h"
#include "base/names.h"
#include "base/text.h"
#include "git/repository.h"
#include "git/version.h"
#include "githooks/install/hook_files.h"
#include "githooks/install/script_texts.h"

namespace gs::githooks {
namespace {

constexpr auto kHookStateNames =
    std::to_array<Name<HookState>>({{HookState::Missing, "missing"},
                                    {HookState::Installed, "installed"},
                                    {HookState::Chained, "chained"},
                                    {HookState::Outdated, "outdated"},
                                    {HookState::Edited, "edited"},
                                    {HookState::Foreign, "foreign"}});
static_assert(is_complete(kHookStateNames));

bool is_executable(const std::string& path) {
  return access(path.c_str(), X_OK) == 0;
}

bool is_ours(const HookScript& script, const std::string& path) {
  return origin_of(script, content_of(path)) != ScriptOrigin::Other;
}

// Whether the hook uses the name that it was called by: under another one it would behave
// differently, so it cannot be moved aside.
bool goes_by_its_name(const std::string& path, std::string_view content) {
  constexpr std::array<std::string_view, 7> kAsks = {
      "basename", "##*/", "$0.d", "${0}.d", "argv[0]", "__FILE__", "$PROGRAM_NAME"};
  const bool asks = std::any_of(kAsks.begin(), kAsks.end(), [&](std::string_view word) {
    return content.find(word) != std::string_view::npos;
  });
  const auto info = file_info(path);
  const bool is_link = info && info->type == FileType::Symlink;
  // A program behind a link may depend on the link's name.
  return asks || (is_link && content.find('\0') != std::string_view::npos);
}

// Another hook that links to this one, and would run our script for this one. "" if none.
std::string link_to(const std::string& path, const std::string& directory) {
  for (const std::string& name : list_directory(directory)) {
    const std::string other = join_path(directory, name);
    const auto info = file_info(other);
    std::error_code failure;
    if (info && info->type == FileType::Symlink && other != path &&
        std::filesystem::equivalent(other, path, failure) && !failure) {
      const auto own = file_info(path);
      if (own && own->type != FileType::Symlink) return other;
    }
  }
  return "";
}

class Looking {
 public:
  Looking(const git::Repository& repository, const std::vector<git::ConfigValue>& config,
          bool force, const HooksDirectory& directory)
      : repository_(repository),
        config_(config),
        force_(force),
        directory_(directory),
        directory_manager_(manager_of_directory(directory)) {}

  HookStatus look(const HookScript& script) const {
    HookStatus status;
    status.script = &script;
    status.path = join_path(directory_.path, script.name);
    if (directory_.kind == DirectoryKind::Off) {
      status.advice = {"hooks are switched off: core.hooksPath is '" + directory_.setting + "' (" +
                       directory_.origin + ")"};
    } else {
      look_at_file(status);
    }
    look_at_config(status);
    return status;
  }

 private:
  void look_at_file(HookStatus& status) const {
    const std::string content = content_of(status.path);
    if (is_ours(*status.script, status.path)) return look_at_ours(status);
    status.manager = manager_of_hook(content);
    if (status.manager == Manager::PreCommit) return look_beside_pre_commit(status);
    if (directory_manager_ != Manager::None) status.manager = directory_manager_;
    if (status.manager != Manager::None) return look_at_manager(status, content);
    if (!file_info(status.path)) return look_at_nothing(status);
    look_at_foreign(status, content);
  }

  void look_at_ours(HookStatus& status) const {
    const ScriptOrigin origin = origin_of(*status.script, content_of(status.path));
    const std::string previous = previous_path(directory_, status.script->name);
    if (file_info(previous)) status.previous = previous;
    status.placeable = true;
    status.state = status.previous.empty() ? HookState::Installed : HookState::Chained;
    if (origin == ScriptOrigin::Outdated || !is_executable(status.path)) {
      status.state = HookState::Outdated;
    } else if (origin == ScriptOrigin::Edited) {
      status.state = HookState::Edited;
      status.placeable = false;
      status.advice = {"'" + shown(status.path) +
                       "' was changed after it was installed; remove it and install again to have "
                       "ours back"};
    }
  }

  // The pre-commit framework runs NAME.legacy before its own hook, with the same arguments and
  // input, and keeps it when reinstalled.
  void look_beside_pre_commit(HookStatus& status) const {
    status.path += ".legacy";
    if (is_ours(*status.script, status.path)) return look_at_ours(status);
    status.state = HookState::Foreign;
    status.placeable = true;
    gate(status);
  }

  void look_at_manager(HookStatus& status, const std::string& content) const {
    status.advice = manager_advice(repository_, status.manager, directory_, status.script->name);
    const std::string settings =
        settings_file(repository_, status.manager, directory_, status.script->name);
    const std::string caller = path_from(repository_.work_tree(), settings);
    const bool through_settings = status.manager != Manager::SimpleGitHooks &&
                                  hands_over(content_of(caller), status.script->name);
    if (through_settings || hands_over(content, status.script->name)) {
      status.state = HookState::Installed;
      status.caller = through_settings ? caller : status.path;
      status.advice.clear();
    } else if (runs_something(status, caller)) {
      status.state = HookState::Foreign;
    }
  }

  // husky 9 has a file for every hook, which runs the user's, if any.
  static bool runs_something(const HookStatus& status, const std::string& caller) {
    return file_info(status.manager == Manager::Husky ? caller : status.path).has_value();
  }

  void look_at_nothing(HookStatus& status) const {
    status.state = HookState::Missing;
    status.placeable = true;
    gate(status);
  }

  void look_at_foreign(HookStatus& status, const std::string& content) const {
    if (hands_over(content, status.script->name)) {
      status.state = HookState::Installed;
      status.caller = status.path;
      return;
    }
    status.state = HookState::Foreign;
    const auto info = file_info(status.path);
    if (info && info->type == FileType::Directory) {
      status.advice = {"'" + shown(status.path) + "' is a directory; move it away"};
      return;
    }
    if (const std::string link = link_to(status.path, directory_.path); !link.empty()) {
      status.advice = {
          "'" + shown(link) + "' is a link to '" + shown(status.path) +
          "', so that cannot be moved aside; make the link a file of its own, or add to the hook:"};
      add_lines(status, true);
      return;
    }
    status.placeable = true;
    if (goes_by_its_name(status.path, content) && !force_) {
      status.placeable = false;
      status.advice = {"'" + shown(status.path) +
                       "' depends on its own name, so it cannot be moved aside (--force does it "
                       "anyway); add to it:"};
      add_lines(status, true);
      return;
    }
    gate(status);
  }

  // Without --force, only a directory that is private to this repository is written to.
  void gate(HookStatus& status) const {
    const std::string previous = previous_path(directory_, status.script->name);
    const bool both =
        file_info(previous) && file_info(status.path) && !same_file(previous, status.path);
    if (both) {
      status.placeable = false;
      status.advice = {"'" + shown(status.path) + "' and '" + shown(previous) +
                       "' both exist; move away the one that you do not want"};
    } else if (directory_.kind != DirectoryKind::Private && !force_) {
      status.placeable = false;
      const bool there = file_info(status.path).has_value();
      const std::string whose = directory_.kind == DirectoryKind::Project
                                    ? "belongs to the project"
                                    : "is not only this repository's";
      const std::string because = directory_.origin.empty()
                                      ? "a symbolic link leads there"
                                      : "core.hooksPath in " + directory_.origin;
      status.advice = {"the hooks directory '" + shown(directory_.path) + "' " + whose + " (" +
                       because + "); --force installs there, or " +
                       (there ? "add to '" : "write into '") + shown(status.path) + "':"};
      if (!there) status.advice.emplace_back("#!/bin/sh");
      add_lines(status, there);
    }
  }

  void look_at_config(HookStatus& status) const {
    const auto key = configured_hook(config_, status.script->name);
    if (!key) return;
    if (!runs_configured_hooks(repository_.git().output({"version"}))) {
      status.advice.push_back("this version of git does not run '" + *key +
                              "': that needs git 2.54");
      return;
    }
    const bool runs_too = status.state == HookState::Installed ||
                          status.state == HookState::Chained ||
                          status.state == HookState::Outdated || status.state == HookState::Edited;
    if (runs_too) {
      status.advice.push_back("it runs twice: take '" + *key +
                              "' out of git's configuration, or run 'git session hooks uninstall'");
      return;
    }
    status.state = HookState::Installed;
    status.caller = *key;
    status.placeable = false;
    status.advice.clear();
  }

  void add_lines(HookStatus& status, bool shared_input) const {
    for (std::string& line : shell_lines(status.script->name, shared_input)) {
      status.advice.push_back(std::move(line));
    }
  }

  std::string shown(const std::string& path) const { return shown_path(repository_, path); }

  const git::Repository& repository_;
  const std::vector<git::ConfigValue>& config_;
  bool force_;
  const HooksDirectory& directory_;
  Manager directory_manager_;
};

std::string stamp_prefix(const HookScript& script) {
  return "# git-session " + std::string(script.name) + " ";
}

std::string stamp(const HookScript& script, std::string_view text) {
  return stamp_prefix(script) + git::Repository::hash_blob(text).hex() + "\n";
}

struct Configured {
  std::string command;
  std::vector<std::string> events;
  bool enabled = true;
};

std::map<std::string, Configured> read(const std::vector<git::ConfigValue>& config) {
  constexpr std::string_view kSection = "hook.";
  std::map<std::string, Configured> hooks;
  for (const git::ConfigValue& value : config) {
    const auto last = value.key.rfind('.');
    if (!value.key.starts_with(kSection) || last < kSection.size()) continue;
    Configured& hook = hooks[value.key.substr(kSection.size(), last - kSection.size())];
    const std::string name = value.key.substr(last + 1);
    if (name == "command") hook.command = value.value;
    if (name == "enabled") hook.enabled = git::parse_bool(value.value).value_or(true);
    // An empty event clears those before it.
    if (name == "event" && value.value.empty()) hook.events.clear();
    if (name == "event" && !value.value.empty()) hook.events.push_back(value.value);
  }
  return hooks;
}

bool is_word_end(std::string_view text, std::size_t at) {
  return at >= text.size() || (text[at] != '-' && !is_lower(text[at]));
}

}  // namespace

std::string_view state_name(HookState state) {
  return name_of(kHookStateNames, state);
}

Survey survey(const git::Repository& repository, const std::vector<git::ConfigValue>& config,
              bool force) {
  Survey result{find_hooks_directory(repository, config), {}};
  const Looking looking(repository, config, force, result.directory);
  for (const HookScript& script : hook_scripts()) result.hooks.push_back(looking.look(script));
  return result;
}

std::string previous_path(const HooksDirectory& directory, std::string_view hook) {
  return join_path(directory.path, std::string(hook) + ".before-git-session");
}

std::string shown_path(const git::Repository& repository, const std::string& path) {
  const std::string top = join_path(repository.work_tree(), "");
  return path.starts_with(top) ? path.substr(top.size()) : path;
}

const std::vector<HookScript>& hook_scripts() {
  static const std::vector<HookScript> scripts = {
      {"pre-push", script_texts::kPrePush, false},
      {"post-commit", script_texts::kPostCommit, false},
      {"pre-commit", script_texts::kPreCommit, true},
      {"post-index-change", script_texts::kPostIndexChange, true},
  };
  return scripts;
}

const HookScript* find_hook_script(std::string_view name) {
  const auto& scripts = hook_scripts();
  const auto found = std::find_if(scripts.begin(), scripts.end(),
                                  [&](const HookScript& script) { return script.name == name; });
  return found == scripts.end() ? nullptr : &*found;
}

std::string stamped(const HookScript& script) {
  return std::string(script.text) + stamp(script, script.text);
}

ScriptOrigin origin_of(const HookScript& script, std::string_view content) {
  if (content == script.text) return ScriptOrigin::Ours;
  const std::string prefix = stamp_prefix(script);
  const std::size_t at = content.rfind("\n" + prefix);
  if (at == std::string_view::npos) return ScriptOrigin::Other;
  const std::string_view above = content.substr(0, at + 1);
  if (content.substr(at + 1) != stamp(script, above)) return ScriptOrigin::Edited;
  return above == script.text ? ScriptOrigin::Ours : ScriptOrigin::Outdated;
}

bool hands_over(std::string_view text, std::string_view hook) {
  for (const std::string_view words : {"git-session hook ", "git session hook "}) {
    const std::string call = std::string(words) + std::string(hook);
    for (auto at = text.find(call); at != std::string_view::npos; at = text.find(call, at + 1)) {
      if (!is_word_end(text, at + call.size())) continue;
      // A call in a comment does not count.
      const auto begin = text.rfind('\n', at);
      const auto line = trim(text.substr(begin == std::string_view::npos ? 0 : begin + 1));
      if (!line.starts_with('#')) return true;
    }
  }
  return false;
}

std::optional<std::string> configured_hook(const std::vector<git::ConfigValue>& config,
                                           std::string_view event) {
  for (const auto& [name, hook] : read(config)) {
    const bool here = std::find(hook.events.begin(), hook.events.end(), event) != hook.events.end();
    if (here && hook.enabled && hands_over(hook.command, event)) return "hook." + name + ".command";
  }
  return std::nullopt;
}

bool runs_configured_hooks(std::string_view version) {
  constexpr git::Version kFirst{2, 54};
  const auto parsed = git::parse_version(version);
  return parsed && *parsed >= kFirst;
}

}  // namespace gs::githooks
