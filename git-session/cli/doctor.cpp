#include <algorithm>
#include <memory>
#include <set>

#include "base/ascii.h"
#include "base/file/file.h"
#include "base/process/trace2.h"
#include "base/screen.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/config_text.h"
#include "cli/doctor_text.h"
#include "cli/json_values.h"
#include "cli/prompt.h"
#include "cli/terminal.h"
#include "close/journal/examine_close.h"
#include "githooks/install/examine_hooks.h"
#include "githooks/install/install.h"
#include "workflow/doctor/bundle.h"
#include "workflow/doctor/examine.h"

namespace gs::cli {
namespace {

using session::Area;
using session::Diagnoses;
using session::Repair;

struct DoctorOptions {
  bool fix = false;
  bool dry_run = false;
  std::optional<std::string> bundle;
  bool force = false;
  bool yes = false;
};

struct Examined {
  std::optional<session::Workspace> workspace;  // absent: no repository that can be read
  Diagnoses found;
};

// Each area by the part of the program that knows it, in the order of the screen.
void examine_workspace(const session::Workspace& workspace, const std::vector<Error>& problems,
                       Diagnoses& found) {
  const Timestamp now = SystemClock().now();
  const auto add = [&found](Area area, const std::function<void()>& look) {
    workflow::examine(area, found, look);
  };
  add(Area::Repository, [&] { workflow::examine_repository(workspace, found); });
  add(Area::Configuration, [&] { workflow::examine_configuration(workspace, problems, found); });
  add(Area::Hooks,
      [&] { githooks::examine_hooks(workspace.repository, workspace.git_config, found); });
  add(Area::Agents, [&] { workflow::examine_agents(workspace, found); });
  add(Area::Tracker, [&] { workflow::examine_tracker(workspace, found); });
  add(Area::Locks, [&] { workflow::examine_locks(workspace, now, found); });
  add(Area::Records, [&] { workflow::examine_records(workspace, found); });
  add(Area::Close, [&] { close::examine_close(workspace, now, found); });
  add(Area::Sessions, [&] { workflow::examine_sessions(workspace, now, found); });
  add(Area::Worktrees, [&] { workflow::examine_worktrees(workspace, found); });
}

// As people name what is below the top; commands may be run anywhere.
void shorten_paths(const std::string& top, Diagnoses& found) {
  const std::string prefix = join_path(top, "");
  const auto is_of_path = [](char c) {
    return is_alnum(c) || std::string_view("/._-").find(c) != std::string_view::npos;
  };
  for (session::Diagnosis& each : found) {
    for (std::size_t at = each.text.find(prefix); at != std::string::npos;
         at = each.text.find(prefix, at)) {
      if (at > 0 && is_of_path(each.text[at - 1])) {
        ++at;
      } else {
        each.text.erase(at, prefix.size());
      }
    }
  }
}

Examined examine(const Common& common) {
  Examined examined;
  workflow::examine(Area::Versions, examined.found,
                    [&] { workflow::examine_versions(GIT_SESSION_VERSION, examined.found); });
  try {
    git::Repository repository = git::Repository::open();
    session::Selection selection = common.selection;
    selection.may_be_over = true;
    std::vector<Error> problems;
    examined.workspace = session::look_at_workspace(std::move(repository), selection, problems);
    for (const Error& problem : problems) {
      if (problem.kind() == ErrorKind::Usage) throw problem;
    }
    examine_workspace(*examined.workspace, problems, examined.found);
    shorten_paths(examined.workspace->repository.work_tree(), examined.found);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::Usage) throw;
    examined.found.push_back(workflow::diagnose_no_repository(error));
  }
  return examined;
}

bool is_well(const Diagnoses& found) {
  return std::none_of(found.begin(), found.end(), session::is_wrong);
}

DiagnosisDetail detail_of(const Common& common) {
  if (common.quiet) return DiagnosisDetail::Problems;
  return common.verbose > 0 ? DiagnosisDetail::All : DiagnosisDetail::Usual;
}

Style style_of(const Examined& examined) {
  return detect_style(examined.workspace ? examined.workspace->git_config
                                         : std::vector<git::ConfigValue>{});
}

// ---- --fix ----

std::vector<std::string> repair_hooks(const session::Workspace& workspace, bool dry_run) {
  std::vector<std::string> done;
  for (const githooks::HookChange& change :
       githooks::refresh(workspace.repository, workspace.git_config, dry_run)) {
    done.push_back((dry_run ? "would write '" : "wrote '") +
                   githooks::shown_path(workspace.repository, change.status.path) + "' again");
  }
  return done;
}

std::vector<std::string> repair(const Examined& examined, bool dry_run) {
  std::set<Repair> wanted;
  for (const session::Diagnosis& each : examined.found) {
    if (each.repair) wanted.insert(*each.repair);
  }
  std::vector<std::string> done;
  for (const Repair what : wanted) {
    std::vector<std::string> more = what == Repair::HookScripts
                                        ? repair_hooks(*examined.workspace, dry_run)
                                        : workflow::repair(*examined.workspace, what, dry_run);
    std::move(more.begin(), more.end(), std::back_inserter(done));
  }
  return done;
}

// ---- --bundle ----

std::string titled(const std::string& title, const std::string& text) {
  return "\n== " + title + " ==\n" + text + (text.empty() || text.ends_with('\n') ? "" : "\n");
}

// What was set; the defaults are this version's.
std::string settings_text(const config::SessionConfig& config) {
  std::string text;
  std::size_t defaults = 0;
  const auto add = [&text](const std::string& key, const config::Effective& effective) {
    text += effective.origin.describe() + "\t" + key + " = " + value_text(effective.value) + "\n";
  };
  for (const auto& [key, effective] : config.values()) {
    if (effective.origin.scope == "default") {
      ++defaults;
    } else {
      add(key, effective);
    }
  }
  for (const auto& [key, effective] : config.unknown()) add(key, effective);
  return text + plural(defaults, "key") + ": default\n";
}

std::string bundle_text(const Examined& examined, const std::string& recorded) {
  const session::Workspace* workspace = examined.workspace ? &*examined.workspace : nullptr;
  const workflow::Disguise disguise = workflow::disguise_for(workspace);
  const Style plain{report::Colour::Off, report::Colour::Off, report::kUnlimited,
                    report::kUnlimited};
  std::string text = "A bug report of git-session " GIT_SESSION_VERSION ", made " +
                     format_utc(SystemClock().now()) + "\n";
  const auto part = [&text](const workflow::BundlePart& each) {
    text += titled(each.title, each.text);
  };
  part(workflow::system_part(disguise));
  text += titled("Findings",
                 disguise.text(render_diagnoses(examined.found, DiagnosisDetail::All, plain)));
  if (workspace != nullptr) {
    text += titled("Session Config", disguise.text(settings_text(workspace->config)));
    part(workflow::git_config_part(workspace->git_config, disguise));
    part(workflow::journal_part(*workspace, disguise));
  }
  part(workflow::trace_part(recorded, disguise));
  return escape_hidden(text);
}

enum class Consent { Given, Refused, NobodyToAsk };

Consent ask_to_write(const std::string& file, const Common& common, const Style& style) {
  if (common.json || !can_ask()) return Consent::NobodyToAsk;
  const session::Decision question{
      "bundle",
      "Write this to '" + file + "'?",
      {{"write", "write the file; nothing is sent anywhere", "[w]rite it"},
       {"quit", "write nothing", "[q]uit"}},
      "write",
      "",
      ""};
  const auto answer = ask_on_terminal(question, style);
  return answer && answer->choice == "write" ? Consent::Given : Consent::Refused;
}

void refuse_existing(const std::string& file, bool force) {
  if (force || !file_info(file)) return;
  throw refused("'" + file + "' already exists").with_hint("--force replaces it");
}

void print_bundle_json(const std::string& file, bool written, const std::string& text) {
  print_json("doctor-bundle", {{"file", file == kStream ? Json() : Json(json_path(file))},
                               {"written", written},
                               {"text", text}});
}

ExitCode write_bundle(const Common& common, const DoctorOptions& options) {
  const std::string& file = *options.bundle;
  const bool to_stream = file == kStream;
  if (!to_stream) refuse_existing(file, options.force);
  const trace2::Recording recording;
  const Examined examined = examine(common);
  const std::string text = bundle_text(examined, recording.lines());
  // Shown before it is written, whoever is asked.
  if (!common.json) print(text);
  flush_output();
  const Consent consent =
      options.yes || to_stream ? Consent::Given : ask_to_write(file, common, style_of(examined));
  if (consent == Consent::Refused) throw refused("nothing was written");
  const bool writes = consent == Consent::Given && !to_stream;
  if (writes) {
    constexpr unsigned kOwnersAlone = 0600;
    refuse_existing(file, options.force);
    write_file_atomically(file, text, kOwnersAlone);
  }
  if (common.json) print_bundle_json(file, writes, text);
  if (consent == Consent::NobodyToAsk) {
    print_message("error: ",
                  "writing '" + file + "' has to be confirmed, but there is no terminal to ask on");
    hint("read what it shows, then write it with --yes");
    return ExitCode::DecisionNeeded;
  }
  if (writes && !common.json && !common.quiet)
    print_error("Written to '" + quote_path(file) + "'. Read it once more before you send it.\n");
  return ExitCode::Done;
}

// ---- The command ----

ExitCode run_doctor(const Invocation& invocation, const DoctorOptions& options) {
  const Common& common = invocation.common;
  if (options.dry_run && !options.fix) throw usage_error("--dry-run needs --fix");
  if (!options.bundle && (options.force || options.yes))
    throw usage_error(std::string(options.force ? "--force" : "--yes") + " needs --bundle");
  if (options.bundle) return write_bundle(common, options);
  Examined examined = examine(common);
  std::vector<std::string> done;
  if (options.fix) {
    done = repair(examined, options.dry_run);
    if (!options.dry_run && !done.empty()) examined = examine(common);
  }
  const bool well = is_well(examined.found);
  if (common.json) {
    Json fields = {
        {"version", GIT_SESSION_VERSION},
        {"repository",
         examined.workspace ? Json(json_path(examined.workspace->repository.work_tree())) : Json()},
        {"well", well}};
    fields.update(diagnoses_json(examined.found));
    fields["dry_run"] = options.dry_run;
    fields["fixed"] = done;
    print_json("doctor", fields);
  } else {
    for (const std::string& line : done) print_line(line);
    if (!done.empty()) print_line("");
    print(render_diagnoses(examined.found, detail_of(common), style_of(examined)));
  }
  return well ? ExitCode::Done : ExitCode::No;
}

}  // namespace

void add_doctor(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<DoctorOptions>();
  CLI::Option* fix = app.add_flag("--fix", options->fix, "Apply the fixes that are safe");
  app.add_flag("-n,--dry-run", options->dry_run,
               "With --fix: write nothing, and show what would be done");
  app.add_option("--bundle", options->bundle,
                 "Write a bug report to FILE, or - for standard output; it is shown first")
      ->type_name("FILE")
      ->excludes(fix);
  app.add_flag("--force", options->force, "With --bundle: replace FILE if it exists");
  app.add_flag("--yes", options->yes, "With --bundle: write FILE without a question");
  app.callback([&invocation, options] {
    invocation.run = [&invocation, options] { return run_doctor(invocation, *options); };
  });
}

}  // namespace gs::cli
