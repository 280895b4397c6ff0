#include "workflow/note_learning.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "records/lessons.h"
#include "session/baseline.h"
#include "session/closing.h"
#include "workflow/active_session.h"

namespace gs::workflow {

namespace {

void require_persistence(const session::Workspace& workspace) {
  if (workspace.config.flag("persistence")) return;
  throw refused("persistence is off: nothing of a session is kept")
      .with_hint("'git session config persistence true' switches it on");
}

// Under the lock of the notes. The close is checked first: one that ends in between leaves no
// session open.
std::string session_that_learns(const session::Workspace& workspace) {
  if (session::close_is_writing(workspace.repository.git_dir())) {
    throw refused("the session is being closed")
        .with_hint("finish it with 'git session close --continue', or take it back with '--abort'");
  }
  const std::optional<ActiveSession> session = find_active_session(workspace);
  if (!session) throw no_active_session(workspace);
  return session->id;
}

// Words of letters, digits and dashes, as the format's types are.
bool is_type(std::string_view type) {
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return !type.empty() && type.find_first_not_of(kAllowed) == std::string_view::npos;
}

void check(const session::Workspace& workspace, const records::Lesson& lesson) {
  if (lesson.type.empty()) {
    throw usage_error("option '--type' is required")
        .with_hint("'git session learn -h' shows how it is used");
  }
  if (!is_type(lesson.type)) {
    throw usage_error("--type '" + lesson.type +
                      "' is not a word of small letters, digits and dashes")
        .with_hint("such as fragile-file, recurring-issue or scope-guidance");
  }
  if (trim(lesson.subject).empty()) throw usage_error("--subject is empty");
  if (!lesson.contradicts) {
    if (trim(lesson.insight).empty())
      throw usage_error("--insight is missing").with_hint("say what has been learned");
    return;
  }
  const FilePlace file = workspace.home.record(session::kLearningsRecord);
  const std::string known = workspace.repository.files().read(file, FileLimit::Note).value_or("");
  if (!records::has_learning(known, lesson.type, lesson.subject)) {
    throw refused("there is no learning '" + lesson.type + "' about '" + lesson.subject +
                  "' to contradict")
        .with_hint("type and subject have to be those of a line of '" + file.shown() + "'");
  }
}

}  // namespace

std::string note_learning(const session::Workspace& workspace, const records::Lesson& lesson,
                          Timestamp now) {
  check(workspace, lesson);
  require_persistence(workspace);
  const FileLock lock = session::lock_noted_learnings(workspace.repository);
  const std::string session = session_that_learns(workspace);
  const std::string file = session::noted_learnings_file(workspace.repository, session);
  // Repeated because it was killed before it could answer, a note must not confirm itself.
  const std::vector<records::Lesson> noted =
      records::parse_noted(read_file_if_exists(file).value_or("")).lessons;
  if (std::find(noted.begin(), noted.end(), lesson) == noted.end())
    append_lines(file, records::noted_line(lesson, now));
  return session;
}

NotedLearnings noted_learnings(const session::Workspace& workspace) {
  session::require_one_session(workspace);
  const std::optional<ActiveSession> session = find_active_session(workspace);
  if (!session) throw no_active_session(workspace);
  const std::string file = session::noted_learnings_file(workspace.repository, session->id);
  return {session->id, records::parse_noted(read_file_if_exists(file).value_or("")).lessons};
}

}  // namespace gs::workflow
