#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/json_values.h"
#include "cli/prompt.h"
#include "cli/terminal.h"
#include "workflow/session_plan.h"

namespace gs::cli {
namespace {

std::string no_plan() {
  return "the session has no plan";
}

Json to_json(const session::Plan& plan) {
  Json items = Json::array();
  for (const session::PlanItem& item : plan.items) {
    Json files = Json::array();
    for (const session::PathPattern& pattern : item.files) files.push_back(pattern.pattern());
    items.push_back({{"title", item.title},
                     {"issue", or_null(item.issue)},
                     {"priority", item.priority},
                     {"type", text_or_null(item.type)},
                     {"files", files},
                     {"verify", or_null(item.verify)},
                     {"dropped", or_null(item.dropped)},
                     {"why", or_null(item.why)}});
  }
  return {{"title", plan.title}, {"type", text_or_null(plan.type)}, {"items", items}};
}

ExitCode show_plan(const Invocation& invocation) {
  const std::optional<std::string> text =
      workflow::plan_text(session::open_workspace(invocation.common.selection));
  if (invocation.common.json) {
    print_json("plan-show",
               {{"plan", text ? to_json(session::parse_plan(*text, "the plan")) : Json()}});
  } else if (text) {
    print(*text);
  } else if (!invocation.common.quiet) {
    hint(no_plan() + "; 'git session plan edit' writes one");
  }
  return text ? ExitCode::Done : ExitCode::No;
}

ExitCode answer_change(const Invocation& invocation, const char* verb, bool changed) {
  if (invocation.common.json) {
    print_json(std::string("plan-") + verb, {{"changed", changed}});
  } else if (!invocation.common.quiet) {
    print_line(changed ? "the plan is changed" : "the plan is unchanged");
  }
  return ExitCode::Done;
}

// A mistake can be corrected at once, as visudo lets one do.
bool wants_to_edit_again(const Error& mistake, const Style& style) {
  std::string_view prefix = "error: ";
  const std::string message = mistake.message();
  for (const std::string_view line : split_lines(message)) {
    print_message(prefix, line);
    prefix = "";
  }
  if (!mistake.hint().empty()) hint(mistake.hint());
  const session::Decision question{"again",
                                   "The plan has mistakes. Edit it again?",
                                   {{"yes", "open the editor again", "[y]es"},
                                    {"no", "leave the plan as it is, and keep the draft", "[n]o"}},
                                   "yes",
                                   "",
                                   ""};
  const auto answer = ask_on_terminal(question, style);
  return answer && answer->choice == "yes";
}

ExitCode run_edit(const Invocation& invocation) {
  const session::Workspace workspace = session::open_workspace(invocation.common.selection);
  workflow::EditDialog dialog;
  dialog.reopens = [](const std::string& draft) {
    hint("this is your draft; empty it to begin again from the plan: '" + draft + "'");
  };
  if (!invocation.common.json && can_ask()) {
    dialog.again = [style = detect_style(workspace.git_config)](const Error& mistake) {
      return wants_to_edit_again(mistake, style);
    };
  }
  return answer_change(invocation, "edit", workflow::edit_plan(workspace, dialog));
}

ExitCode run_set(const Invocation& invocation, const std::string& file) {
  return answer_change(
      invocation, "set",
      workflow::set_plan(session::open_workspace(invocation.common.selection), file));
}

void add_verb(CLI::App& app, Invocation& invocation, const char* name, const char* summary,
              ExitCode (*run)(const Invocation&)) {
  CLI::App* verb = app.add_subcommand(name, summary);
  add_common_options(*verb, invocation);
  verb->callback(
      [&invocation, run] { invocation.run = [&invocation, run] { return run(invocation); }; });
}

}  // namespace

void add_plan(CLI::App& app, Invocation& invocation) {
  app.require_subcommand(0, 1);
  app.callback([&app, &invocation] {
    if (!app.get_subcommands().empty()) return;
    invocation.run = [&invocation] { return show_plan(invocation); };
  });
  add_verb(app, invocation, "show", "Print the plan", show_plan);
  add_verb(app, invocation, "edit", "Open the plan in the editor", run_edit);
  CLI::App* set = app.add_subcommand("set", "Replace the plan with a file");
  add_common_options(*set, invocation);
  const auto file = std::make_shared<std::string>();
  set->add_option("file", *file, "File with the plan, in TOML")->type_name("FILE")->required();
  set->callback([&invocation, file] {
    invocation.run = [&invocation, file] { return run_set(invocation, *file); };
  });
}

}  // namespace gs::cli
