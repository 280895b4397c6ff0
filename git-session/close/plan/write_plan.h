#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/repo_path.h"
#include "formats/json.h"
#include "git/object_id.h"
#include "git/repository.h"
#include "report/report.h"

namespace gs::close {

struct Context;

// A file as a close replaces it: contents are keys of Journal::keep, absent if there is no file.
struct FileWrite {
  std::string phase;  // the phase that writes it
  FilePlace path;
  std::optional<std::string> before;
  std::optional<std::string> after;
};

// A line that a close appends to a file beside its record; it is in no commit.
struct LineWrite {
  std::string phase;  // the phase that writes it
  FilePlace path;
  std::string line;  // with its "\n"
};

// A writing phase's answer, as far as it is known with the plan.
struct PlannedAnswer {
  std::string skipped;                // why there is nothing to do; "" if there is
  std::string summary;                // "2 learnings added, 1 confirmed"
  std::vector<std::string> problems;  // each makes it a warning
  std::string detail = {};            // lines
};

// Where the branch is pushed to, decided before anything is written.
struct PushPlan {
  std::string remote;         // a name, or a URL
  std::string ref;            // full, there
  bool set_upstream = false;  // as `git push -u`
  std::string why_not;        // why it is not pushed; "" if it is
};

// Everything that a close writes beside the session's work, decided once that is committed and kept
// in the journal: a continued close carries it out without looking again.
struct WritePlan {
  std::string session;
  FilePlace state_directory;
  std::string branch;  // "" when detached
  Timestamp started_at;
  Timestamp completed_at;
  std::vector<FileWrite> files;
  FilePlace record_file;    // sessions.jsonl
  std::string record_line;  // for that, with its "\n"; "" for none
  std::vector<LineWrite> lines;
  bool record_alone =
      false;  // sessions.jsonl held others' uncommitted lines: ours alone is committed
  bool has_commits = true;  // the session, those of this close included
  // A tracked session without work: nothing is committed, and what would be waits in the git
  // directory for the next close that commits.
  bool waits = false;
  bool amends = false;          // the records go into the last commit of this close, if it made one
  std::string records_message;  // of a commit of their own
  // What goes into the records' commit if it changed, with HEAD's entries: contents are read when
  // they are staged.
  std::map<RepoPath, git::TreeEntry> record_paths;
  std::optional<PushPlan> push;
  Json issues = Json::array();  // what happens to issues, as --json shows it
  // The same as tracker::Tasks, for a tracker on a host and for a session that waits; else those of
  // earlier sessions that are filed with this one's.
  Json tasks = Json::array();
  std::string tracker;                           // local, none, github, gitlab
  report::Report report;                         // as far as it is known
  std::map<std::string, PlannedAnswer> answers;  // by phase
  std::map<std::string, FilePlace> notes;        // about the session, by the phase that writes it
  std::vector<std::string> learned;              // by the session, for its notes
  std::string vault;  // where notes are mirrored to, absolute; "": nowhere
};

// Plans that `path` becomes `after`; nothing if it is that already.
void plan_file(Context& context, WritePlan& plan, const std::string& phase, const FilePlace& path,
               const std::optional<std::string>& after);

// Reads what the looking phases found; file contents are kept in the journal.
[[nodiscard]] WritePlan make_write_plan(Context& context);
[[nodiscard]] Json to_json(const WritePlan& plan);
[[nodiscard]] WritePlan write_plan_from_json(const Json& value);

}  // namespace gs::close
