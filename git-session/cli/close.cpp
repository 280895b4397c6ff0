#include <algorithm>
#include <filesystem>
#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "close/close.h"
#include "git/refs.h"
#include "report/figures.h"
#include "session/claim.h"

namespace gs::cli {

namespace {

struct CloseOptions {
  close::Options close;
  std::vector<std::string> decide;
  bool abort = false;
  bool no_push = false;
  bool no_mirror = false;
};

Json to_json(const close::Result& result) {
  Json phases = Json::array();
  for (const close::PhaseReport& phase : result.phases) phases.push_back(close::to_json(phase));
  Json decisions = Json::array();
  for (const session::Decision& decision : result.decisions)
    decisions.push_back(session::to_json(decision));
  Json commits = Json::array();
  for (const close::MadeCommit& commit : result.commits) {
    commits.push_back({{"oid", commit.oid.hex()},
                       {"subject", commit.subject},
                       {"files", commit.files},
                       {"hooks", commit.hooks}});
  }
  return {{"status", close::status_name(result.status)},
          {"session", text_or_null(result.session)},
          {"phases", phases},
          {"decisions", decisions},
          {"commits", commits},
          {"pushed", result.pushed},
          {"request", result.request},
          {"issues", result.issues},
          {"report", result.report ? report::to_json(*result.report) : Json()},
          {"stops_at", result.stops_at},
          {"hint", text_or_null(result.hint)}};
}

ExitCode exit_code_of(close::Status status) {
  switch (status) {
    case close::Status::Closed:
    case close::Status::DryRun:
      return ExitCode::Done;
    case close::Status::NeedsDecision:
      return ExitCode::DecisionNeeded;
    case close::Status::Blocked:
    case close::Status::Aborted:
      return ExitCode::No;
  }
  return ExitCode::No;
}

void print_decision(const session::Decision& decision, bool with_detail, std::size_t columns) {
  print_error("\n");
  print_message("  " + decision.id + ": ", decision.question);
  if (with_detail) {
    for (const std::string_view line : split_lines(decision.detail)) print_message("      ", line);
  }
  for (const session::Choice& choice : decision.choices) {
    const std::string star = choice.name == decision.recommended ? " (recommended)" : "";
    print_error("    " +
                report::hang("--decide " + decision.id + "=" + choice.name + star, columns, 4) +
                "\n");
    print_error("        " + report::hang(choice.meaning, columns, 8) + "\n");
  }
}

// A phase that it stopped has shown its detail.
bool was_shown(const session::Decision& decision, const close::Result& result) {
  return std::any_of(result.phases.begin(), result.phases.end(), [&](const auto& phase) {
    return phase.result.outcome == close::Outcome::Block && phase.result.detail == decision.detail;
  });
}

void print_open_decisions(const close::Result& result, bool quiet, const Style& style) {
  print_error("\n");
  print_message("error: ", "decision required, but there is no terminal to ask on");
  std::string arguments;
  std::string stopping;
  for (const session::Decision& decision : result.decisions) {
    if (!decision.chosen.empty()) continue;
    print_decision(decision, quiet || !was_shown(decision, result), style.err_columns);
    arguments += " --decide " + decision.id + "=" + decision.recommended;
    if (session::ends_close(decision.recommended))
      stopping = decision.id + "=" + decision.recommended;
  }
  print_error("\n");
  if (stopping.empty()) {
    hint("continue with 'git session close --continue" + arguments + "'");
    hint("or take every recommended choice with 'git session close --continue --yes'");
  } else if (stopping.ends_with("=abort")) {
    hint(
        "'git session close --abort' ends this close; 'git session close --continue --decide "
        "ID=CHOICE' continues with another choice");
  } else {
    hint(
        "fix it, then 'git session close --continue' checks again; '--decide ID=CHOICE' with it "
        "takes another choice");
  }
}

// What a quiet close has not shown of the phase that stopped it.
void print_blocks(const close::Result& result) {
  for (const close::PhaseReport& phase : result.phases) {
    if (phase.result.outcome != close::Outcome::Block) continue;
    print_message("", phase.title + ": " + phase.result.summary);
    for (const std::string_view line : split_lines(phase.result.detail)) print_message("  ", line);
  }
}

// "Closed. Left in the tree: README.md (not in plan) and 1 more."
std::string closed_line(const report::Report& report) {
  const std::vector<report::LeftAlone>& left = report.left_alone;
  if (left.empty()) return "Closed.";
  // Whoever closes can do something about what no session claims.
  const auto unclaimed = std::find_if(left.begin(), left.end(), [](const report::LeftAlone& file) {
    return file.owner == session::owner_name(session::Owner::Unclaimed);
  });
  const report::LeftAlone& first = unclaimed == left.end() ? left.front() : *unclaimed;
  std::string owner = report::owner_shown(first.owner);
  if (!owner.empty()) owner[0] = to_lower(owner.substr(0, 1))[0];
  std::string text =
      "Closed. Left in the tree: " + report::one_line(first.path) + " (" + owner + ")";
  if (left.size() > 1) text += " and " + std::to_string(left.size() - 1) + " more";
  return text + ".";
}

void print_dry_run(const close::Result& result, const Style& style) {
  const auto line = [&](const std::string& text) {
    print_line(report::hang(text, style.columns, 2));
  };
  print_line("");
  line("Nothing was written: this was a dry run.");
  for (const std::string& id : result.stops_at) {
    const auto phase =
        std::find_if(result.phases.begin(), result.phases.end(),
                     [&](const close::PhaseReport& report) { return report.id == id; });
    if (phase != result.phases.end())
      line("The close would stop: " + report::one_line(phase->result.summary));
  }
  for (const session::Decision& decision : result.decisions) {
    if (!decision.chosen.empty()) continue;
    std::vector<std::string> choices;
    for (const session::Choice& choice : decision.choices) choices.push_back(choice.name);
    line("The close would ask: " + decision.id + " (" + join(choices, ", ") +
         "; recommended: " + decision.recommended + ")");
  }
}

void print_result(const close::Result& result, const Common& common, const Style& style) {
  if (result.status == close::Status::NeedsDecision) {
    print_open_decisions(result, common.quiet, style);
    return;
  }
  if (result.status == close::Status::Closed && result.report && !common.quiet) {
    if (common.verbose > 0)
      print("\n" + report::render_text(*result.report, style.colour, style.columns));
    print_line("\n" + report::hang(closed_line(*result.report), style.columns, 0));
    print_line(result.pushed ? "Details: git session show"
                             : "Undo: git session undo    Details: git session show");
  }
  if (result.status == close::Status::DryRun && !common.quiet) {
    print_dry_run(result, style);
  }
  if (result.status == close::Status::Blocked) {
    if (common.quiet) print_blocks(result);
    print_error("error: the session was not closed\n");
  }
  if (!result.hint.empty() && result.status != close::Status::DryRun) hint(result.hint);
}

ExitCode run_close(const Common& common, const CloseOptions& options) {
  session::Selection selection = common.selection;
  selection.closing = options.close.resume;
  const session::Workspace workspace = session::open_workspace(selection);
  const Style style = detect_style(workspace.git_config);
  for (const std::string& text : workspace.config.warnings()) warning(text);
  close::Result result;
  {
    CloseProgress progress(common, style, options.close.dry_run);
    result = close::run(workspace, options.close, SystemClock(), progress);
  }
  if (common.json) {
    print_json("close", to_json(result));
  } else {
    print_result(result, common, style);
  }
  return exit_code_of(result.status);
}

Json to_json(const close::AbortResult& result) {
  const auto paths = [](const std::vector<FilePlace>& from) {
    Json list = Json::array();
    for (const FilePlace& path : from) list.push_back(path.quoted());
    return list;
  };
  Json commits = Json::array();
  for (const close::MadeCommit& commit : result.commits) {
    commits.push_back({{"oid", commit.oid.hex()}, {"subject", commit.subject}});
  }
  return {{"status", "aborted"},
          {"session", text_or_null(result.session)},
          {"restored", paths(result.restored)},
          {"left", paths(result.left)},
          {"commits", commits}};
}

ExitCode run_abort(const Common& common) {
  const session::Workspace workspace = session::open_workspace(common.selection);
  const close::AbortResult result = close::abort(workspace, SystemClock());
  if (common.json) {
    print_json("close", to_json(result));
    return result.left.empty() ? ExitCode::Done : ExitCode::No;
  }
  if (!common.quiet) {
    const char* what = "The close was ended; it had written nothing.";
    if (result.wrote_anything) what = "The close was ended; what it had written was rolled back.";
    if (!result.commits.empty())
      what = "The close was ended; its commits stay, what else it had written was rolled back.";
    print_line(what);
    for (const FilePlace& path : result.restored) print_line("  restored  " + path.quoted());
    for (const close::MadeCommit& commit : result.commits) {
      print_line("  kept      commit " + commit.oid.abbreviated() + " " + commit.subject);
    }
    if (!result.commits.empty() && workspace.repository.head().commit == result.commits.back().oid)
      hint("'git reset --soft HEAD~" + std::to_string(result.commits.size()) +
           "' takes the commits back, and leaves their changes staged");
  }
  for (const FilePlace& path : result.left)
    warning(path.quoted() + " has changed since the close wrote it: left as it is");
  return result.left.empty() ? ExitCode::Done : ExitCode::No;
}

void check_combination(const CloseOptions& options) {
  const close::Options& close = options.close;
  if (options.abort && (close.resume || close.dry_run || !options.decide.empty() || close.yes)) {
    throw usage_error("--abort cannot be combined with other options of close");
  }
  if (close.resume && close.dry_run)
    throw usage_error("--continue and --dry-run exclude each other");
  if (close.resume && close.message) {
    throw usage_error("-m can only be given when a close starts, not with --continue");
  }
  if (!close.request.empty() && close.request != "ready" && close.request != "draft")
    throw usage_error("'" + close.request +
                      "' is not a valid kind of request; use --pr or --pr=draft");
  if (!close.request.empty() && options.no_push)
    throw usage_error("--pr and --no-push exclude each other");
  if (close.branch && close.request.empty() && !close.resume)
    throw usage_error("--branch needs --pr");
  if (close.branch && !git::is_valid_ref_name("refs/heads/" + *close.branch))
    throw usage_error("'" + *close.branch + "' is not a valid branch name");
  if (close.message && trim(*close.message).empty())
    throw usage_error("the message of -m is empty");
}

}  // namespace

void add_close(CLI::App& app, Invocation& invocation) {
  auto options = std::make_shared<CloseOptions>();
  app.add_flag("-n,--dry-run", options->close.dry_run,
               "Check everything, run the gates, and write nothing");
  app.add_option("--decide", options->decide,
                 "Answer a decision in advance: ID=CHOICE; may be repeated")
      ->type_name("ID=CHOICE")
      ->allow_extra_args(false);
  app.add_flag("--yes", options->close.yes, "Answer every decision with its recommended choice");
  app.add_flag("--continue", options->close.resume, "Continue an unfinished close");
  app.add_flag("--abort", options->abort, "End an unfinished close and restore what it changed");
  app.add_option("-m,--message", options->close.message,
                 "Commit the session's work in one commit with this message")
      ->type_name("MSG");
  app.add_flag("--edit", options->close.edit, "Edit the commit messages before they are used");
  app.add_flag("--isolated", options->close.isolated,
               "Run the gates in a checkout of exactly what is committed");
  app.add_flag("--no-push", options->no_push, "Do not push");
  app.add_flag("--no-mirror", options->no_mirror, "Do not push to the mirror");
  app.add_flag("--pr", options->close.request,
               "Open a pull or merge request for what is pushed, or update the open one; "
               "--pr=draft: a draft");
  app.add_option("--branch", options->close.branch, "Name of the branch that --pr pushes")
      ->type_name("NAME");
  app.add_option("--base", options->close.base,
                 "Commit that the session's changes are counted from")
      ->type_name("REV");
  app.add_option(
         "--docs-tasks", options->close.docs_tasks,
         "Markdown file that lists the docs tasks, where neither STATE.md nor the plan does")
      ->type_name("FILE");
  app.callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      if (options->close.request == "true") options->close.request = "ready";  // without a value
      check_combination(*options);
      if (options->abort) return run_abort(invocation.common);
      options->close.decide = session::parse_decide_arguments(options->decide);
      if (options->close.docs_tasks)
        options->close.docs_tasks =
            std::filesystem::absolute(*options->close.docs_tasks).lexically_normal().string();
      options->close.push = !options->no_push;
      options->close.mirror = !options->no_mirror;
      return run_close(invocation.common, *options);
    };
  });
}

}  // namespace gs::cli
