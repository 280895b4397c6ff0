#include <memory>

#include "cli/command.h"
#include "cli/terminal.h"
#include "workflow/note_learning.h"

namespace gs::cli {
namespace {

Json to_json(const records::Lesson& lesson) {
  return {{"type", lesson.type},
          {"subject", lesson.subject},
          {"insight", lesson.insight},
          {"evidence", lesson.evidence},
          {"contradicts", lesson.contradicts}};
}

std::string name_of(const records::Lesson& lesson) {
  return (lesson.contradicts ? "contradicts " : "") + lesson.type + " '" + lesson.subject + "'";
}

ExitCode run_list(const Invocation& invocation) {
  const session::Workspace workspace = session::open_workspace(invocation.common.selection);
  const workflow::NotedLearnings noted = workflow::noted_learnings(workspace);
  if (invocation.common.json) {
    Json lessons = Json::array();
    for (const records::Lesson& lesson : noted.lessons) lessons.push_back(to_json(lesson));
    print_json("learn-list", {{"session", noted.session}, {"learnings", lessons}});
    return ExitCode::Done;
  }
  for (const records::Lesson& lesson : noted.lessons) {
    print_line(name_of(lesson) + (lesson.insight.empty() ? "" : ": " + lesson.insight));
    if (!lesson.evidence.empty()) print_line("  " + lesson.evidence);
  }
  if (noted.lessons.empty() && !invocation.common.quiet)
    hint("nothing is noted in session " + noted.session);
  return ExitCode::Done;
}

ExitCode run_learn(const Invocation& invocation, const records::Lesson& lesson) {
  const Common& common = invocation.common;
  const session::Workspace workspace = session::open_workspace(common.selection);
  const std::string session = workflow::note_learning(workspace, lesson, SystemClock().now());
  if (common.json) {
    Json fields = {{"session", session}};
    fields.update(to_json(lesson));
    print_json("learn", fields);
  } else if (!common.quiet) {
    print_line(std::string("noted for the close of ") + session + ": " + name_of(lesson));
  }
  return ExitCode::Done;
}

}  // namespace

void add_learn(CLI::App& app, Invocation& invocation) {
  const auto lesson = std::make_shared<records::Lesson>();
  const auto list = std::make_shared<bool>(false);
  app.add_option("--type", lesson->type, "Kind of learning, such as fragile-file or scope-guidance")
      ->type_name("TYPE");
  app.add_option("--subject", lesson->subject,
                 "What it is about; type and subject identify a learning")
      ->type_name("SUBJECT");
  app.add_option("--insight", lesson->insight, "What has been learned")->type_name("TEXT");
  app.add_option("--evidence", lesson->evidence, "Evidence for it")->type_name("TEXT");
  app.add_flag("--contradicts", lesson->contradicts,
               "The session has shown that the learning of this type and subject is wrong");
  CLI::Option* listing =
      app.add_flag("--list", *list, "Show what has been noted since the last close");
  for (const char* other : {"--type", "--subject", "--insight", "--evidence", "--contradicts"})
    listing->excludes(app.get_option(other));
  app.callback([&invocation, lesson, list] {
    invocation.run = [&invocation, lesson, list] {
      return *list ? run_list(invocation) : run_learn(invocation, *lesson);
    };
  });
}

}  // namespace gs::cli
