#include <algorithm>
#include <functional>
#include <map>
#include <memory>

#include "base/file/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/prompt.h"
#include "cli/scope_text.h"
#include "cli/terminal.h"
#include "cli/usage.h"
#include "git/index/replace_file.h"
#include "session/scope_edit.h"
#include "workflow/scope_report.h"

namespace gs::cli {
namespace {

using session::Workspace;

struct SetOptions {
  std::vector<std::string> patterns;
  std::vector<std::string> blocked_commands;
  std::optional<std::string> enforcement;
  std::optional<long> wave;
  std::optional<std::string> role;
  bool add = false;
  std::string decide;
};

// Of the one session that is meant: a private scope belongs to a session, a tracked one to its
// state directory.
FilePlace own_file(const Workspace& workspace) {
  session::require_one_session(workspace);
  if (!workspace.home.tracked() && !workspace.repository.files().info(workspace.state_file())) {
    throw refused("no session is open here, and a scope belongs to one")
        .with_hint("'git session start --scope PATTERN' opens one with a scope");
  }
  return workspace.state_directory.child(session::kScopeFile);
}

// Another directory's scope file may take precedence.
void warn_of_shadow(const session::ScopeCheck& scope, const FilePlace& own,
                    const Invocation& invocation) {
  if (invocation.common.quiet || !scope.scope() || scope.scope()->file == own) return;
  const std::string& file = scope.scope()->file.bytes();
  warning("'" + file + "' is read first, and applies to hooks and 'scope check'");
  hint("'git session scope clear --state-dir " + file.substr(0, file.find('/')) + "' removes it");
}

void warn_of_problems(const session::ScopeCheck& scope, const Invocation& invocation) {
  if (invocation.common.quiet || !scope.scope()) return;
  for (const std::string& problem : scope.scope()->problems) warning(problem);
}

ExitCode show_scope(const Invocation& invocation) {
  const Workspace workspace = session::open_workspace(invocation.common.selection);
  const session::ScopeCheck scope = workflow::scope_in_use(workspace);
  if (invocation.common.json) {
    print_json("scope-show", scope_json(scope));
  } else {
    print(scope_text(scope, detect_style(workspace.git_config)));
  }
  warn_of_problems(scope, invocation);
  return ExitCode::Done;
}

session::ScopeEdit edit_of(const SetOptions& options, const git::Repository& repository) {
  session::ScopeEdit edit;
  for (const std::string& written : options.patterns) {
    for (std::string& pattern :
         session::scope_patterns(written, repository.files(), repository.work_tree()))
      edit.patterns.push_back(std::move(pattern));
  }
  for (const std::string& command : options.blocked_commands) {
    if (trim(command).empty()) throw usage_error("--blocked-command needs a command");
    if (!is_utf8(command)) throw usage_error("--blocked-command is not UTF-8");
  }
  edit.blocked_commands = options.blocked_commands;
  edit.add = options.add;
  if (options.enforcement) edit.enforcement = session::enforcement_named(*options.enforcement);
  edit.wave = options.wave;
  if (options.role && !is_utf8(*options.role)) throw usage_error("--role is not UTF-8");
  edit.role = options.role;
  if (edit.patterns.empty() && edit.blocked_commands.empty() && !edit.enforcement && !edit.wave &&
      !edit.role) {
    throw usage_error("nothing to set").with_hint("name patterns: 'git session scope set src/'");
  }
  return edit;
}

constexpr std::string_view kDecideScope = "scope=";

void add_decide(CLI::App& app, std::string& decide) {
  app.add_option("--decide", decide,
                 "Loosen the scope of a strict session: scope= and the digits shown in the refusal")
      ->type_name("scope=DIGITS")
      ->check([](const std::string& given) {
        return given.starts_with(kDecideScope) ? std::string()
                                               : "'" + given + "' is not 'scope=DIGITS'";
      });
}

struct ScopeTexts {
  std::optional<std::string> before, after;
  bool operator==(const ScopeTexts&) const = default;
};

// The tracked home's file is written by the plugin with every wave.
std::optional<session::ScopeLoosening> loosening_of(const Workspace& workspace,
                                                    const FilePlace& own, const ScopeTexts& texts) {
  if (workspace.home.tracked()) return std::nullopt;
  return session::find_loosening(texts.before, texts.after, own,
                                 session::enforcement_of(workspace.config));
}

// What an agent may not loosen, a person does: on the terminal, or by the digits.
void require_consent(const session::ScopeLoosening& loosening, const std::string& decide,
                     const Style& style) {
  if (!decide.empty()) {
    if (decide.substr(kDecideScope.size()) == loosening.answer) return;
  } else if (can_ask()) {
    const session::Decision question{"scope",
                                     "The session's scope is strict. Loosen it?",
                                     {{loosening.answer, "change the scope", "[l]oosen it"},
                                      {"abort", "leave it as it is", "[q]uit"}},
                                     "abort",
                                     loosening.detail,
                                     ""};
    const auto answer = ask_on_terminal(question, style);
    if (answer && answer->choice == loosening.answer) return;
    throw refused("the scope stays as it is");
  }
  throw refused("this loosens the scope of a strict session:\n" + loosening.detail)
      .with_hint("read it, then answer with --decide scope=" + loosening.answer);
}

// Asks before it takes the lock, so that nobody waits for a person's answer.
FileLock lock_with_consent(const Workspace& workspace, const FilePlace& own,
                           const std::string& decide, const std::function<ScopeTexts()>& read) {
  const ScopeTexts asked = read();
  const auto loosening = loosening_of(workspace, own, asked);
  if (loosening) require_consent(*loosening, decide, detect_style(workspace.git_config));
  FileLock lock = session::lock_wave_scope(workspace.repository);
  const ScopeTexts now = read();
  if (now != asked && (loosening || loosening_of(workspace, own, now)))
    throw refused("the scope was changed meanwhile: nothing was written");
  return lock;
}

ExitCode run_set(const Invocation& invocation, const SetOptions& options) {
  const Workspace workspace = session::open_workspace(invocation.common.selection);
  const session::ScopeEdit edit = edit_of(options, workspace.repository);
  const FilePlace own = own_file(workspace);
  ScopeTexts texts;
  const auto read = [&] {
    texts.before = workspace.repository.files().read(own);
    texts.after = session::edit_wave_scope(texts.before, own.bytes(), edit,
                                           session::enforcement_of(workspace.config),
                                           session::gates_off_of(workspace.config));
    return texts;
  };
  std::optional<FileLock> lock = lock_with_consent(workspace, own, options.decide, read);
  const auto& before = texts.before;
  const std::string& after = *texts.after;
  if (before != after) {
    git::replace_file(workspace.repository, own, after);
  }
  lock.reset();
  const session::ScopeCheck scope = workflow::scope_in_use(workspace);
  if (invocation.common.json) {
    Json fields = scope_json(scope);
    fields["file"] = json_path(own.bytes());
    fields["changed"] = before != after;
    print_json("scope-set", fields);
  } else if (!invocation.common.quiet) {
    print(scope_text(scope, detect_style(workspace.git_config)));
  }
  warn_of_shadow(scope, own, invocation);
  warn_of_problems(scope, invocation);
  return ExitCode::Done;
}

// A scope that cannot be read as a file is removed all the same, but it counts as strict.
std::optional<std::string> text_to_clear(const Workspace& workspace, const FilePlace& own) {
  const TreeFiles files = workspace.repository.files();
  if (!files.info(own)) return std::nullopt;
  return files.is_file(own) ? files.read(own) : std::string();
}

ExitCode run_clear(const Invocation& invocation, const std::string& decide) {
  const Workspace workspace = session::open_workspace(invocation.common.selection);
  const FilePlace own = own_file(workspace);
  const FileLock lock = lock_with_consent(workspace, own, decide, [&] {
    return ScopeTexts{workspace.home.tracked() ? std::nullopt : text_to_clear(workspace, own), {}};
  });
  const bool existed = workspace.repository.files().info(own).has_value();
  if (existed) workspace.repository.files().remove(own);
  if (invocation.common.json) {
    print_json("scope-clear", {{"file", json_path(own.bytes())}, {"existed", existed}});
  } else if (!invocation.common.quiet) {
    print_line(existed ? "removed " + own.shown() : "no scope is set");
  }
  warn_of_shadow(workflow::scope_in_use(workspace), own, invocation);
  return ExitCode::Done;
}

ExitCode run_check(const Invocation& invocation, const workflow::ScopeTarget& target) {
  const Workspace workspace = session::open_workspace(invocation.common.selection);
  const session::ScopeCheck scope = workflow::scope_in_use(workspace);
  const workflow::ScopeReport report = workflow::check_scope(workspace, scope, target);
  if (invocation.common.json) {
    print_json("scope-check", report_json(scope, report));
  } else if (!invocation.common.quiet) {
    print(report_text(scope, report, detect_style(workspace.git_config)));
  }
  warn_of_problems(scope, invocation);
  return report.violations.empty() ? ExitCode::Done : ExitCode::No;
}

void add_scope_show(CLI::App& app, Invocation& invocation) {
  app.callback(
      [&invocation] { invocation.run = [&invocation] { return show_scope(invocation); }; });
}

void add_set(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<SetOptions>();
  app.add_option("pattern", options->patterns, "Patterns of the files that may be changed")
      ->type_name("PATTERN");
  app.add_flag("--add", options->add, "Add to the lists instead of replacing them");
  app.add_option("--enforcement", options->enforcement,
                 "How a violation is treated: strict (refused), warn or off")
      ->type_name("HOW")
      ->check(one_of({"strict", "warn", "off"}));
  app.add_option("--wave", options->wave, "Number of the wave of work")
      ->type_name("N")
      ->check(whole_number(0, kHighestWave));
  app.add_option("--role", options->role, "Role of those who work in it")->type_name("ROLE");
  app.add_option("--blocked-command", options->blocked_commands,
                 "Command that agents may not run; may be repeated")
      ->type_name("COMMAND")
      ->expected(1)
      ->take_all();
  add_decide(app, options->decide);
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run_set(invocation, *options); };
  });
}

void add_clear(CLI::App& app, Invocation& invocation) {
  const auto decide = std::make_shared<std::string>();
  add_decide(app, *decide);
  app.callback([&invocation, decide] {
    invocation.run = [&invocation, decide] { return run_clear(invocation, *decide); };
  });
}

void add_check(CLI::App& app, Invocation& invocation) {
  const auto target = std::make_shared<workflow::ScopeTarget>();
  CLI::Option* staged =
      app.add_flag("--staged", target->staged, "Check what is staged instead of all changes");
  CLI::Option* commit =
      app.add_option("--commit", target->commit, "Check what a commit changes")->type_name("REV");
  CLI::Option* range =
      app.add_option("--range", target->range, "Check the commits of B that A has not")
          ->type_name("A..B");
  CLI::Option* paths =
      app.add_option("path", target->paths, "Paths to check, whether or not they exist")
          ->type_name("PATH");
  for (CLI::Option* one : {staged, commit, range, paths}) {
    for (CLI::Option* other : {staged, commit, range, paths}) {
      if (one != other) one->excludes(other);
    }
  }
  app.callback([&invocation, target] {
    invocation.run = [&invocation, target] { return run_check(invocation, *target); };
  });
}

void add_verb(CLI::App& app, Invocation& invocation, const char* name, const char* summary,
              void (*add)(CLI::App&, Invocation&)) {
  CLI::App* verb = app.add_subcommand(name, summary);
  add_common_options(*verb, invocation);
  add(*verb, invocation);
}

}  // namespace

void add_scope(CLI::App& app, Invocation& invocation) {
  app.require_subcommand(0, 1);
  app.callback([&app, &invocation] {
    if (!app.get_subcommands().empty()) return;
    invocation.run = [&invocation] { return show_scope(invocation); };
  });
  add_verb(app, invocation, "show", "Show the scope in use", add_scope_show);
  add_verb(app, invocation, "set", "Set or change the scope", add_set);
  add_verb(app, invocation, "clear", "Remove the scope", add_clear);
  add_verb(app, invocation, "check", "Check changes or paths against the scope", add_check);
}

}  // namespace gs::cli
