#include "cli/hooks.h"

#include <algorithm>
#include <memory>

#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/prompt.h"
#include "githooks/install/install.h"

namespace gs::cli {
namespace {

using githooks::HookChange;
using githooks::HookState;
using githooks::HookStatus;
using githooks::Survey;
using report::pad;
using report::paint;
using report::Tone;

constexpr std::size_t kNameWidth = 18;
constexpr std::size_t kWordWidth = 10;

struct InstallOptions {
  std::vector<std::string> with;
  bool force = false;
  bool dry_run = false;
};

struct Context {
  git::Repository repository;
  std::vector<git::ConfigValue> config;
};

Context open_context() {
  git::Repository repository = git::Repository::open();
  std::vector<git::ConfigValue> config = git::read_all_config(repository.git());
  return {std::move(repository), std::move(config)};
}

// Null for "", else relative to the top if below it.
Json json_place(const git::Repository& repository, const std::string& path) {
  return path.empty() ? Json() : Json(json_path(githooks::shown_path(repository, path)));
}

Json to_json(const githooks::HooksDirectory& directory, const git::Repository& repository) {
  return {{"path", json_place(repository, directory.path)},
          {"kind", githooks::kind_name(directory.kind)},
          {"setting", text_or_null(directory.setting)},
          {"origin", text_or_null(directory.origin)}};
}

Json to_json(const HookStatus& status, const git::Repository& repository) {
  return {{"name", status.script->name},
          {"optional", status.script->optional},
          {"state", githooks::state_name(status.state)},
          {"path", json_place(repository, status.path)},
          {"manager", text_or_null(githooks::manager_name(status.manager))},
          {"previous", json_place(repository, status.previous)},
          {"caller", json_place(repository, status.caller)},
          {"advice", status.advice}};
}

Json to_json(const std::vector<HookChange>& changes, const git::Repository& repository) {
  Json results = Json::array();
  for (const HookChange& change : changes) {
    Json result = to_json(change.status, repository);
    result["action"] = change.action;
    result["advice"] = change.advice;
    results.push_back(std::move(result));
  }
  return results;
}

// The first line says what to do; the user copies the others.
void print_advice(std::string_view hook, const std::vector<std::string>& advice) {
  if (advice.empty()) return;
  hint(std::string(hook) + ": " + advice.front());
  for (std::size_t i = 1; i < advice.size(); ++i) print_error("    " + advice[i] + "\n");
}

bool waits_for_install(const HookStatus& status) {
  return status.state == HookState::Outdated ||
         (status.placeable &&
          (status.state == HookState::Missing || status.state == HookState::Foreign));
}

std::string detail_of(const HookStatus& status, const git::Repository& repository) {
  const auto shown = [&](const std::string& path) {
    return githooks::shown_path(repository, path);
  };
  std::string detail = shown(status.caller.empty() ? status.path : status.caller);
  if (status.state == HookState::Missing) detail = status.script->optional ? "optional" : "";
  if (status.manager != githooks::Manager::None) {
    if (!detail.empty()) detail += ' ';
    detail += "(" + std::string(githooks::manager_name(status.manager)) + ")";
  }
  if (!status.previous.empty()) detail += ", with " + shown(status.previous);
  return detail;
}

void print_status(const Survey& seen, const git::Repository& repository, const Style& style) {
  bool waits = false;
  for (const HookStatus& status : seen.hooks) {
    const bool runs = status.state == HookState::Installed || status.state == HookState::Chained;
    const bool is_quiet = status.state == HookState::Missing && status.script->optional;
    const Tone tone = runs ? Tone::Good : is_quiet ? Tone::Dim : Tone::Warn;
    print_line(pad(status.script->name, kNameWidth) +
               paint(pad(githooks::state_name(status.state), kWordWidth), tone, style.colour) +
               detail_of(status, repository));
    const bool is_asked_for = !status.script->optional || status.state == HookState::Outdated;
    if (is_asked_for) waits = waits || waits_for_install(status);
  }
  for (const HookStatus& status : seen.hooks) {
    if (status.script->optional && status.state == HookState::Missing) continue;
    print_advice(status.script->name, status.advice);
  }
  if (waits) hint("'git session hooks install' installs what is missing");
}

// "removed", and in a dry run "would be removed".
std::string shown_action(const HookChange& change, bool dry_run) {
  const bool nothing_done = change.action == "left" || change.action == "kept";
  return (dry_run && !nothing_done ? "would be " : "") + change.action;
}

void print_changes(const std::vector<HookChange>& changes, const git::Repository& repository,
                   bool dry_run, const Style& style) {
  std::size_t width = kWordWidth;
  for (const HookChange& change : changes)
    width = std::max(width, shown_action(change, dry_run).size() + 2);
  for (const HookChange& change : changes) {
    const HookStatus& status = change.status;
    const bool left = change.action == "left";
    const Tone tone = left ? Tone::Warn : change.action == "kept" ? Tone::Dim : Tone::Good;
    std::string detail = githooks::shown_path(repository, status.path);
    if (!status.caller.empty()) detail = githooks::shown_path(repository, status.caller);
    if (status.manager != githooks::Manager::None) {
      detail += " (" + std::string(githooks::manager_name(status.manager)) + ")";
    }
    print_line(paint(pad(shown_action(change, dry_run), width), tone, style.colour) +
               pad(status.script->name, kNameWidth) + detail);
  }
  for (const HookChange& change : changes) print_advice(change.status.script->name, change.advice);
}

ExitCode answer(const std::vector<HookChange>& changes) {
  const bool left = std::any_of(changes.begin(), changes.end(),
                                [](const HookChange& change) { return change.action == "left"; });
  return left ? ExitCode::No : ExitCode::Done;
}

ExitCode show_changes(const Invocation& invocation, std::string_view command,
                      const Context& context, const std::vector<HookChange>& changes,
                      bool dry_run) {
  if (invocation.common.json) {
    print_json(command, {{"dry_run", dry_run}, {"results", to_json(changes, context.repository)}});
  } else if (!invocation.common.quiet) {
    print_changes(changes, context.repository, dry_run, detect_style(context.config));
  }
  return answer(changes);
}

std::set<std::string> optional_hooks(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const githooks::HookScript& script : githooks::hook_scripts()) {
    if (script.optional) known.emplace_back(script.name);
  }
  std::set<std::string> chosen;
  for (const std::string& name : names) {
    if (githooks::find_hook_script(name) == nullptr) {
      throw usage_error("there is no hook '" + name + "' to install")
          .with_hint("--with takes " + known.front() + " and " + known.back());
    }
    chosen.insert(name);
  }
  return chosen;
}

ExitCode run_install(const Invocation& invocation, const InstallOptions& options) {
  const Context context = open_context();
  const githooks::InstallRequest request{optional_hooks(options.with), options.force,
                                         options.dry_run};
  const auto changes = githooks::install(context.repository, context.config, request);
  return show_changes(invocation, "hooks-install", context, changes, options.dry_run);
}

ExitCode run_uninstall(const Invocation& invocation, bool dry_run) {
  const Context context = open_context();
  const auto changes = githooks::uninstall(context.repository, context.config, dry_run);
  if (changes.empty() && !invocation.common.json && !invocation.common.quiet) {
    print_line("no hook of git-session is installed here");
    return ExitCode::Done;
  }
  return show_changes(invocation, "hooks-uninstall", context, changes, dry_run);
}

ExitCode show_hooks(const Invocation& invocation) {
  const Context context = open_context();
  const Survey seen = githooks::survey(context.repository, context.config, false);
  if (invocation.common.json) {
    Json hooks = Json::array();
    for (const HookStatus& status : seen.hooks) {
      hooks.push_back(to_json(status, context.repository));
    }
    print_json("hooks-status",
               {{"directory", to_json(seen.directory, context.repository)}, {"hooks", hooks}});
  } else {
    print_status(seen, context.repository, detect_style(context.config));
  }
  return ExitCode::Done;
}

session::Decision hooks_question() {
  session::Decision decision;
  decision.id = "hooks";
  decision.question = "Install the git hooks?";
  decision.choices = {{"install", "pre-push and post-commit; existing hooks keep running"},
                      {"skip", "'git session hooks install' does it later"}};
  decision.recommended = "install";
  decision.detail =
      "pre-push stops snapshots from being pushed, and warns of commits with files that do not "
      "belong to the session (in 'strict', it stops them too); post-commit names such files as "
      "soon as they are committed";
  return decision;
}

}  // namespace

void offer_hooks(const git::Repository& repository, const std::vector<git::ConfigValue>& config,
                 const Style& style) {
  const Survey seen = githooks::survey(repository, config, false);
  const bool wanted =
      std::any_of(seen.hooks.begin(), seen.hooks.end(), [](const HookStatus& status) {
        return !status.script->optional && waits_for_install(status);
      });
  if (!wanted) return;
  const auto answer = ask_on_terminal(hooks_question(), style);
  if (!answer || answer->choice != "install") return;
  print_changes(githooks::install(repository, config, {}), repository, false, style);
}

void add_hooks(CLI::App& app, Invocation& invocation) {
  app.require_subcommand(0, 1);
  const auto status = [&invocation] {
    invocation.run = [&invocation] { return show_hooks(invocation); };
  };
  app.callback([&app, status] {
    if (app.get_subcommands().empty()) status();
  });
  const auto verb = [&](const char* name, const char* summary) {
    CLI::App* sub = app.add_subcommand(name, summary);
    add_common_options(*sub, invocation);
    return sub;
  };

  const auto options = std::make_shared<InstallOptions>();
  CLI::App* install = verb("install", "Install the hooks beside existing ones");
  install
      ->add_option("--with", options->with,
                   "Optional hooks to install too: pre-commit, post-index-change")
      ->type_name("HOOK,…")
      ->delimiter(',');
  install->add_flag("--force", options->force,
                    "Install also into a hooks directory that is the project's or shared");
  install->add_flag("-n,--dry-run", options->dry_run, "Write nothing, and show what would happen");
  install->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run_install(invocation, *options); };
  });

  const auto dry_run = std::make_shared<bool>(false);
  CLI::App* uninstall = verb("uninstall", "Remove the hooks, and put back what was there before");
  uninstall->add_flag("-n,--dry-run", *dry_run, "Write nothing, and show what would happen");
  uninstall->callback([&invocation, dry_run] {
    invocation.run = [&invocation, dry_run] { return run_uninstall(invocation, *dry_run); };
  });

  verb("status", "Show which hooks run, and what is to be done")->callback(status);
}

}  // namespace gs::cli
