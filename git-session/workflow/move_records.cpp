#include "workflow/move_records.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/config/values.h"
#include "git/index/replace_file.h"
#include "git/objects/merge.h"
#include "session/current.h"
#include "session/home.h"
#include "tracker/local_tracker.h"

namespace gs::workflow {

namespace {

void require_no_session(const session::Workspace& workspace) {
  std::vector<std::string> problems;
  for (const session::RunningSession& open :
       session::running_sessions(workspace.repository, &problems)) {
    throw refused("session '" + open.id + "' is open, and stays where it was opened")
        .with_hint("close it first: git session close --session " + quote_shell(open.id));
  }
  if (!problems.empty()) throw fatal(problems.front());
}

std::vector<std::string> files_in(const session::Workspace& workspace, const FilePlace& directory) {
  std::vector<std::string> names = list_directory(workspace.path_of(directory));
  std::erase_if(names, [&](const std::string& name) {
    const auto info = file_info(workspace.path_of(directory.child(name)));
    return !info || (info->type != FileType::Regular && info->type != FileType::Executable);
  });
  return names;
}

// What `to` becomes; throws where the two do not go together.
std::string joined(const std::string& from, const std::optional<std::string>& to,
                   const std::string& name) {
  if (!to || *to == from) return from;
  if (name.find(".jsonl") != std::string::npos) return git::merge_lines("", *to, from);
  throw refused("both homes have another '" + name + "'")
      .with_hint("move one of them away, or give it another number");
}

class Move {
 public:
  explicit Move(const session::Workspace& workspace) : workspace_(workspace) {}

  void plan(const FilePlace& from, const FilePlace& to) {
    for (const std::string& name : files_in(workspace_, from)) {
      const std::string source = workspace_.path_of(from.child(name));
      const std::string target = workspace_.path_of(to.child(name));
      steps_.push_back(
          {{source, target}, joined(read_file(source), read_file_if_exists(target), name)});
    }
  }

  // Everything is in its new place before anything leaves the old one.
  std::vector<MovedFile> carry_out() {
    std::vector<MovedFile> moved;
    for (const Step& step : steps_) {
      git::replace_file(workspace_.repository, step.file.to, step.content);
      moved.push_back(step.file);
    }
    return moved;
  }

 private:
  struct Step {
    MovedFile file;
    std::string content;
  };
  const session::Workspace& workspace_;
  std::vector<Step> steps_;
};

}  // namespace

std::vector<MovedFile> move_records(const session::Workspace& workspace, bool tracked) {
  const git::Repository& repository = workspace.repository;
  const FileLock setup = git::lock_list(repository, {"setup", "the repository's set-up"});
  const FileLock issues = tracker::lock_local_issues(repository);
  require_no_session(workspace);
  const session::Home from(!tracked, repository.common_dir());
  const session::Home to(tracked, repository.common_dir());
  Move move(workspace);
  // Any name gives the directory of all.
  const auto records_of = [&](const session::Home& home) {
    const FilePlace file = home.record(session::kSessionsRecord);
    return FilePlace::at(parent_directory(workspace.path_of(file)), repository.work_tree());
  };
  move.plan(records_of(from), records_of(to));
  move.plan(from.issues(), to.issues());
  std::vector<MovedFile> moved = move.carry_out();
  git::set_config(repository.git(), "session.records", {tracked ? "tracked" : "private"});
  for (const MovedFile& file : moved) remove_file(file.from);
  return moved;
}

}  // namespace gs::workflow
