#include "close/plan/session_notes.h"

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "records/handover.h"
#include "records/memory_note.h"
#include "report/figures.h"
#include "snapshot/names.h"

namespace gs::close {

namespace {

// More than that is more than a small session.
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
  if (!item.follow_up.empty()) line += " → " + item.follow_up;
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

// Issues of the plan, by what is done to them.
std::vector<std::string> issue_lines(const WritePlan& plan, const std::string& action) {
  std::vector<std::string> lines;
  for (const Json& issue : plan.issues) {
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

void plan_note(Context& context, WritePlan& plan, const report::Report& report,
               const std::string& directory, PlannedAnswer& answer) {
  const std::vector<std::string> names = list_directory(directory);
  const std::string day = format_local_day(plan.completed_at);
  records::MemoryNote note{records::memory_note_name(day, names),
                           (report.title.empty() ? "Session " + report.session : report.title) +
                               " - " + one_line_summary(report),
                           outcome_lines(report), learned(context), report.recommendations};
  const RepoPath index(join_path(directory, "MEMORY.md"));
  const std::string before = read_file_if_exists(index.bytes()).value_or("");
  plan_file(context, plan, "memory", RepoPath(join_path(directory, note.name + ".md")),
            records::render_memory_note(note));
  plan_file(context, plan, "memory", index, records::add_to_memory_index(before, day, note));
  answer.summary = "'" + join_path(directory, note.name + ".md") + "'";

  const std::size_t notes = records::count_memory_notes(names) + 1;
  const auto threshold = static_cast<std::size_t>(context.workspace.config.integer(
      "memory-cleanup-threshold", context.session->state.session_type));
  if (notes <= threshold) return;
  answer.problems.push_back(plural(notes, "session note") + ", more than " +
                            std::to_string(threshold) + ": clean up '" + directory + "'");
}

// Of a handover: what is there already, somebody else has written.
RepoPath free_place(const Context& context, const std::string& path) {
  RepoPath place(path + ".md");
  for (int number = 2; file_info(context.repository().absolute(place)).has_value(); ++number)
    place = RepoPath(path + "-" + std::to_string(number) + ".md");
  return place;
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

void plan_handover(Context& context, WritePlan& plan, const report::Report& report) {
  PlannedAnswer& answer = plan.answers["handover"];
  if (is_small(report)) {
    answer.skipped = "a small session";
    return;
  }
  records::Handover handover{report.session,
                             report::one_line(report.title),
                             report.type,
                             report.branch,
                             format_utc(report.completed_at),
                             lines_of(report.completed),
                             lines_of(report.carried_over),
                             figure_lines(report),
                             issue_lines(plan, "create"),
                             issue_lines(plan, "close")};
  for (const std::string& next : report.recommendations) {
    if (report.carried_over.empty()) handover.resume.push_back(next);
  }
  const RepoPath path = free_place(
      context, plan.state_directory + "/session-handover/" + snapshot::map_component(plan.session));
  plan_file(context, plan, "handover", path, records::render_handover(handover));
  answer.summary = path.quoted();
}

void plan_memory(Context& context, WritePlan& plan, const report::Report& report) {
  PlannedAnswer& answer = plan.answers["memory"];
  if (!context.workspace.config.flag("persistence")) {
    answer.skipped = "persistence is off";
    return;
  }
  if (context.workspace.platform_of_state() != session::Platform::Claude) {
    answer.skipped = "not a session of Claude";
    return;
  }
  const std::optional<std::string> home = claude_home();
  if (!home) {
    answer.problems.emplace_back("no note: HOME is not set");
    return;
  }
  try {
    plan_note(context, plan, report,
              records::memory_directory(*home, context.repository().work_tree()), answer);
  } catch (const Error& error) {
    answer.problems.push_back("no note: " + error.message());
  }
}

}  // namespace gs::close
