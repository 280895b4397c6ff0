#include <algorithm>

#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"
#include "git/refs.h"
#include "records/session_record.h"
#include "report/report.h"
#include "session/closing.h"
#include "workflow/doctor/examine.h"

namespace gs::workflow {
namespace {

using session::Area;
using session::Diagnoses;

// "3, 17 and 4 more"
std::string listed(const std::vector<std::size_t>& lines) {
  constexpr std::size_t kMost = 5;
  std::vector<std::string> numbers;
  for (const std::size_t line : lines) numbers.push_back(std::to_string(line));
  return (lines.size() == 1 ? "line " : "lines ") + join_some(numbers, kMost);
}

struct FileOfLines {
  FilePlace place;
  bool is_sessions = false;
};

class RecordsExamination {
 public:
  RecordsExamination(const session::Workspace& workspace, Diagnoses& found)
      : workspace_(workspace), found_(found) {}

  // How many records it has.
  std::size_t look_at(const FileOfLines& file) {
    std::size_t number = 0;
    std::size_t records = 0;
    std::vector<std::size_t> broken;
    std::vector<std::size_t> conflicts;
    std::vector<std::size_t> invalid;
    std::string why;
    workspace_.repository.files().each_line(file.place, [&](std::string_view line) {
      constexpr std::size_t kCutOff = 1U << 20U;  // the rest of a longer one is not there
      ++number;
      if (trim(line).empty() || line.size() >= kCutOff) return;
      if (line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line == "=======") {
        conflicts.push_back(number);
        return;
      }
      const formats::JsonLines parsed = formats::parse_json_lines(line);
      if (parsed.records.empty()) {
        broken.push_back(number);
        return;
      }
      ++records;
      if (!file.is_sessions) return;
      const auto problems = records::validate_session_record(parsed.records.front().value);
      if (problems.empty()) return;
      if (invalid.empty()) why = problems.front();
      invalid.push_back(number);
    });
    const std::string name = "'" + file.place.absolute(workspace_.repository.work_tree()) + "', ";
    if (!conflicts.empty()) {
      found_.push_back(session::broken(Area::Records,
                                       name + listed(conflicts) + ": markers of a merge conflict",
                                       {"delete these lines, and keep the records of both sides"}));
    }
    if (!broken.empty()) {
      found_.push_back(session::wrong(
          Area::Records, name + listed(broken) + ": not a JSON object, and not counted",
          {"correct or delete it; an unreadable line is never removed"}));
    }
    if (!invalid.empty()) {
      found_.push_back(session::note(Area::Records, name + listed(invalid) + ": " + why,
                                     {"'git session log' shows what it can of such a record"}));
    }
    return records;
  }

 private:
  const session::Workspace& workspace_;
  Diagnoses& found_;
};

void examine_reports(const session::Workspace& workspace, Diagnoses& found) {
  std::vector<std::string> unreadable;
  for (const git::Checkout& worktree : git::list_worktrees(workspace.repository)) {
    const std::string directory = session::reports_directory(worktree.git_dir);
    for (const std::string& name : list_directory(directory)) {
      const std::string file = join_path(directory, name);
      if (!name.ends_with(".json")) continue;
      try {
        const Json saved = formats::parse_json(read_file(file), file);
        const bool whole = saved.is_object() && saved.contains("report") &&
                           report::report_from_json(saved.at("report")).has_value();
        if (!whole) unreadable.push_back(file);
      } catch (const Error&) {
        unreadable.push_back(file);
      }
    }
  }
  if (unreadable.empty()) return;
  found.push_back(session::wrong(Area::Records,
                                 plural(unreadable.size(), "saved report") +
                                     " cannot be read, such as '" + unreadable.front() + "'",
                                 {"'git session show' has less of it; the record of the session is "
                                  "elsewhere. Delete it, or keep it"}));
}

}  // namespace

void examine_records(const session::Workspace& workspace, Diagnoses& found) {
  RecordsExamination examination(workspace, found);
  const session::Home& home = workspace.home;
  std::size_t sessions = 0;
  std::size_t learnings = 0;
  std::size_t others = 0;
  // Each by itself: one that is refused says nothing about the next.
  const auto count = [&](std::size_t& records, const FilePlace& place, bool is_sessions = false) {
    examine(Area::Records, found, [&] { records += examination.look_at({place, is_sessions}); });
  };
  count(sessions, home.record(session::kSessionsRecord), true);
  count(learnings, home.record(session::kLearningsRecord));
  count(others, home.record("events.jsonl"));
  if (home.tracked()) count(sessions, home.waiting_records(), true);
  for (const char* name : {"queued-issues.jsonl", "events.jsonl"})
    count(others, FilePlace::outside(workspace.own_path(name)));
  examine_reports(workspace, found);
  found.push_back(session::fine(
      Area::Records, plural(sessions, "session") + ", " + plural(learnings, "learning")));
  found.back().quiet = sessions + learnings == 0;
}

}  // namespace gs::workflow
