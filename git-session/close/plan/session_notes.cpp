#include "close/plan/session_notes.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "close/plan/final_report.h"
#include "close/plan/mirror_plan.h"
#include "git/refs.h"
#include "records/session_notes.h"
#include "report/figures.h"
#include "snapshot/names.h"

namespace gs::close {

namespace {

// Above this, a session is not small.
constexpr std::size_t kFewFiles = 5;
constexpr std::size_t kFewWaves = 2;
constexpr std::size_t kFewCarriedOver = 2;

std::string name_of(const report::Item& item) {
  return (item.issue ? "#" + std::to_string(*item.issue) + " " : "") + item.title;
}

std::string line_of(const report::Item& item) {
  std::string line = name_of(item);
  if (!item.status.empty()) line += ": " + item.status;
  if (!item.evidence.empty()) line += " — " + item.evidence;
  if (!item.follow_up.none()) line += " → " + item.follow_up.name();
  return line;
}

std::vector<std::string> lines_of(const std::vector<report::Item>& items) {
  std::vector<std::string> lines;
  for (const report::Item& item : items) lines.push_back(report::one_line(line_of(item)));
  return lines;
}

bool is_small(const report::Report& report) {
  return report.files_changed <= kFewFiles && report.waves.size() <= kFewWaves &&
         report.carried_over.size() <= kFewCarriedOver;
}

// Those of `issues` with that action.
std::vector<std::string> issue_lines(const Json& issues, const std::string& action) {
  std::vector<std::string> lines;
  for (const Json& issue : issues) {
    if (issue.value("action", "") != action) continue;
    const Json reference = issue.value("reference", Json());
    lines.push_back((reference.is_string() ? reference.get<std::string>() + " " : "") +
                    issue.value("title", ""));
  }
  return lines;
}

// Claude's own directory: $CLAUDE_CONFIG_DIR, else ~/.claude.
std::optional<std::string> claude_home() {
  const std::string configured = environment_variable("CLAUDE_CONFIG_DIR").value_or("");
  if (configured.starts_with('/')) return configured;
  const std::string home = environment_variable("HOME").value_or("");
  return home.starts_with('/') ? std::optional(join_path(home, ".claude")) : std::nullopt;
}

std::vector<std::string> learned(const Context& context) {
  std::vector<std::string> lines;
  if (!context.learnings) return lines;
  for (const records::Learning& learning : context.learnings->learnings) {
    if (!learning.touched) continue;
    lines.push_back(report::one_line(learning.type + " " + learning.subject +
                                     (learning.insight.empty() ? "" : ": " + learning.insight)));
  }
  return lines;
}

records::Handover handover(const report::Report& report, const Json& issues) {
  records::Handover handover{report.session,
                             report::one_line(report.title),
                             report.type,
                             report.branch,
                             format_utc(report.completed_at),
                             lines_of(report.completed),
                             lines_of(report.carried_over),
                             figure_lines(report),
                             issue_lines(issues, "create"),
                             issue_lines(issues, "close")};
  if (report.carried_over.empty()) {
    for (std::string& next : report::recommendation_lines(report))
      handover.resume.push_back(std::move(next));
  }
  return handover;
}

records::MemoryNote memory_note(std::string name, const report::Report& report,
                                const std::vector<std::string>& learned) {
  return {std::move(name),
          (report.title.empty() ? "Session " + report.session : report.title) + " - " +
              one_line_summary(report),
          outcome_lines(report), learned, report::recommendation_lines(report)};
}

void plan_note(Context& context, WritePlan& plan, const std::string& directory,
               PlannedAnswer& answer) {
  const std::vector<std::string> names = list_directory(directory);
  const std::string day = format_local_day(plan.completed_at);
  plan.learned = learned(context);
  const records::MemoryNote note =
      memory_note(records::memory_note_name(day, names), plan.report, plan.learned);
  const std::string& top = context.repository().work_tree();
  const FilePlace index = FilePlace::at(join_path(directory, "MEMORY.md"), top);
  const std::string before = context.repository().files().read(index, FileLimit::Note).value_or("");
  const FilePlace file = FilePlace::at(join_path(directory, note.name + ".md"), top);
  plan_file(context, plan, "memory", file, records::render_memory_note(note));
  plan.notes["memory"] = file;
  plan_file(context, plan, "memory", index, records::add_to_memory_index(before, day, note));
  answer.summary = "'" + file.bytes() + "'";

  const std::size_t notes = records::count_memory_notes(names) + 1;
  const auto threshold = static_cast<std::size_t>(context.workspace.config.integer(
      "memory-cleanup-threshold", context.session->state.session_type));
  if (notes <= threshold) return;
  answer.problems.push_back(plural(notes, "session note") + ", more than " +
                            std::to_string(threshold) + ": clean up '" + directory + "'");
}

// For a handover: an existing file was written by someone else.
FilePlace free_place(const Context& context, const FilePlace& directory, const std::string& name) {
  FilePlace place = directory.child(name + ".md");
  for (int number = 2; context.repository().files().info(place).has_value(); ++number)
    place = directory.child(name + "-" + std::to_string(number) + ".md");
  return place;
}

std::string name_of_note(const FilePlace& path) {
  const std::string& bytes = path.bytes();
  const std::string name = bytes.substr(bytes.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

std::string note_text(const Context& context, const std::string& phase, const FilePlace& path,
                      const report::Report& report) {
  if (phase == "handover") return records::render_handover(handover(report, context.filed));
  if (phase == "memory")
    return records::render_memory_note(
        memory_note(name_of_note(path), report, context.write_plan->learned));
  return mirrored_session_note(report, name_of_note(path));
}

// Whether the file is as that phase wrote it.
bool is_written(const Context& context, const std::string& phase, const FilePlace& path) {
  const std::vector<FileWrite>& files = context.write_plan->files;
  const auto file = std::find_if(files.begin(), files.end(), [&](const FileWrite& each) {
    return each.phase == phase && each.path == path;
  });
  return file != files.end() && file->after &&
         context.repository().files().read(path, FileLimit::Note) ==
             context.journal.kept(*file->after);
}

}  // namespace

std::vector<std::string> outcome_lines(const report::Report& report) {
  std::vector<std::string> lines = lines_of(report.completed);
  for (std::string& line : lines_of(report.carried_over)) lines.push_back(std::move(line));
  return lines;
}

std::string one_line_summary(const report::Report& report) {
  std::string text;
  const std::size_t planned = report.completed.size() + report.carried_over.size();
  if (planned > 0) {
    text = std::to_string(report.completed.size()) + " of " + plural(planned, "item") + " done, " +
           std::to_string(report.carried_over.size()) + " carried over, ";
  }
  return text + plural(report.files_changed, "file") + " changed";
}

std::vector<std::string> figure_lines(const report::Report& report) {
  std::vector<std::string> lines{"Duration: " + report::duration_figure(report)};
  const auto add = [&](const char* label, const std::string& figure) {
    if (!figure.empty()) lines.push_back(std::string(label) + ": " + report::one_line(figure));
  };
  if (!report.waves.empty()) add("Waves", std::to_string(report.waves.size()));
  add("Agents", report::agents_figure(report));
  add("Files changed", std::to_string(report.files_changed));
  if (report.tests_passed) {
    add("Tests", std::to_string(*report.tests_passed) + " passed, " +
                     std::to_string(report.tests_failed.value_or(0)) + " failed");
  }
  add("Docs health", report.docs_health);
  add("Enforcement", report.enforcement);
  add("Learnings", report.learnings);
  return lines;
}

// Of a private session outside its own directory, which is put away at the end.
FilePlace handover_directory(const Context& context, const WritePlan& plan) {
  return plan.state_directory.inside()
             ? plan.state_directory.child("session-handover")
             : FilePlace::outside(
                   join_path(context.repository().common_dir(), "git-session/handover"));
}

void plan_handover(Context& context, WritePlan& plan) {
  PlannedAnswer& answer = plan.answers["handover"];
  if (is_small(plan.report)) {
    answer.skipped = "a small session";
    return;
  }
  const FilePlace path =
      free_place(context, handover_directory(context, plan), snapshot::map_component(plan.session));
  plan_file(context, plan, "handover", path,
            records::render_handover(handover(plan.report, plan.issues)));
  plan.notes["handover"] = path;
  answer.summary = path.quoted();
}

// An open session on a remote-tracking branch: its STATE.md may have been written by whoever wrote
// the repository, and notes in the user's own directory are read as the user's words.
bool is_on_a_remote(const Context& context) {
  const std::optional<RepoPath> file = context.workspace.state_file().inside();
  if (!file) return false;
  const git::Repository& repository = context.repository();
  for (const git::Ref& ref : git::list_refs(repository, "refs/remotes/")) {
    const auto commit = repository.resolve_commit(ref.target.hex());
    const git::TreeEntry entry =
        commit ? repository.tree_entry(repository.commit(*commit).tree, *file) : git::TreeEntry{};
    if (!entry.present()) continue;
    try {
      const session::StateFile there =
          session::parse_state(repository.read_blob(entry.oid), file->bytes());
      if (there.id() == context.session->id && there.status != session::Status::Completed)
        return true;
    } catch (const Error&) {
      continue;  // another session's
    }
  }
  return false;
}

void plan_memory(Context& context, WritePlan& plan) {
  PlannedAnswer& answer = plan.answers["memory"];
  if (!context.workspace.config.flag("persistence")) {
    answer.skipped = "persistence is off";
    return;
  }
  if (context.workspace.platform_of_state() != session::Platform::Claude) {
    answer.skipped = "not a Claude session";
    return;
  }
  if (is_on_a_remote(context)) {
    answer.skipped = "its STATE.md is on a remote, so its text may come from someone else";
    return;
  }
  const std::optional<std::string> home = claude_home();
  if (!home) {
    answer.problems.emplace_back("no note: HOME is not set");
    return;
  }
  try {
    plan_note(context, plan, records::memory_directory(*home, context.repository().work_tree()),
              answer);
  } catch (const Error& error) {
    answer.problems.push_back("no note: " + error.message());
  }
}

void plan_notes_again(Context& context) {
  WritePlan& plan = *context.write_plan;
  const report::Report report = with_filed_issues(plan.report, context.filed);
  for (const auto& [phase, path] : plan.notes) {
    if (is_written(context, phase, path))
      plan_file(context, plan, "notes", path, note_text(context, phase, path, report));
  }
}

}  // namespace gs::close
