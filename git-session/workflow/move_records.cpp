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
    const std::string close = "git session close --session " + quote_shell(open.id);
    throw refused("session '" + open.id + "' is open, and stays where it was opened")
        .with_hint(open.worktree.empty()
                       ? "its worktree is gone; with one on its branch again (git worktree add), "
                         "close it: " +
                             close
                       : "close it first: " + close);
  }
  if (!problems.empty()) throw fatal(problems.front());
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
  explicit Move(const git::Repository& repository)
      : repository_(repository), files_(repository.files()) {}

  void plan(const FilePlace& from, const FilePlace& to) {
    for (const std::string& name : files_.list(from)) {
      const FilePlace source = from.child(name);
      const FilePlace target = to.child(name);
      if (!files_.is_file(source)) continue;
      steps_.push_back({{source, target},
                        joined(files_.read(source, FileLimit::Records).value_or(""),
                               files_.read(target, FileLimit::Records), name)});
    }
  }

  // Everything is in its new place before anything leaves the old one.
  void write() const {
    for (const Step& step : steps_) git::replace_file(repository_, step.file.to, step.content);
  }
  std::vector<MovedFile> remove_old() const {
    std::vector<MovedFile> moved;
    for (const Step& step : steps_) {
      files_.remove(step.file.from);
      moved.push_back(step.file);
    }
    return moved;
  }

 private:
  struct Step {
    MovedFile file;
    std::string content;
  };
  const git::Repository& repository_;
  TreeFiles files_;
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
  Move move(repository);
  move.plan(from.records(), to.records());
  move.plan(from.issues(), to.issues());
  move.write();
  git::set_config(repository.git(), "session.records", {tracked ? "tracked" : "private"});
  return move.remove_old();
}

}  // namespace gs::workflow
