#include <memory>

#include "cli/command.h"
#include "cli/terminal.h"
#include "workflow/note_learning.h"

namespace gs::cli {
namespace {

Json to_json(const std::string& session, const records::Lesson& lesson) {
  return {{"session", session},          {"type", lesson.type},
          {"subject", lesson.subject},   {"insight", lesson.insight},
          {"evidence", lesson.evidence}, {"contradicts", lesson.contradicts}};
}

ExitCode run_learn(const Invocation& invocation, const records::Lesson& lesson) {
  const Common& common = invocation.common;
  const session::Workspace workspace = session::open_workspace(common.selection);
  const std::string session = workflow::note_learning(workspace, lesson, SystemClock().now());
  if (common.json) {
    print_json("learn", to_json(session, lesson));
  } else if (!common.quiet) {
    print_line(std::string("noted for the close of ") + session + ": " +
               (lesson.contradicts ? "contradicts " : "") + lesson.type + " '" + lesson.subject +
               "'");
  }
  return ExitCode::Done;
}

}  // namespace

void add_learn(CLI::App& app, Invocation& invocation) {
  const auto lesson = std::make_shared<records::Lesson>();
  app.add_option("--type", lesson->type, "Kind of learning, such as fragile-file or scope-guidance")
      ->type_name("TYPE")
      ->required();
  app.add_option("--subject", lesson->subject,
                 "What it is about; with the type it tells one learning from another")
      ->type_name("SUBJECT")
      ->required();
  app.add_option("--insight", lesson->insight, "What has been learned")->type_name("TEXT");
  app.add_option("--evidence", lesson->evidence, "What shows it")->type_name("TEXT");
  app.add_flag("--contradicts", lesson->contradicts,
               "The session has shown the learning of this type and subject to be wrong");
  app.callback([&invocation, lesson] {
    invocation.run = [&invocation, lesson] { return run_learn(invocation, *lesson); };
  });
}

}  // namespace gs::cli
