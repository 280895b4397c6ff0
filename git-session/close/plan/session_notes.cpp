#include "close/plan/session_notes.h"

#include <map>

#include "base/error.h"
#include "base/file/file.h"
#include "base/process/process.h"
#include "base/text.h"
#include "close/look/configured_check.h"
#include "records/session_notes.h"
#include "records/vault_mirror.h"
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

// "#42 Retry uploads: done — 3 files", for each item.
std::vector<std::string> outcome_lines(const report::Report& report) {
  std::vector<std::string> lines = lines_of(report.completed);
  for (std::string& line : lines_of(report.carried_over)) lines.push_back(std::move(line));
  return lines;
}

// "2 of 3 items done, 1 carried over, 12 files changed"
std::string one_line_summary(const report::Report& report) {
  std::string text;
  const std::size_t planned = report.completed.size() + report.carried_over.size();
  if (planned > 0) {
    text = std::to_string(report.completed.size()) + " of " + plural(planned, "item") + " done, " +
           std::to_string(report.carried_over.size()) + " carried over, ";
  }
  return text + plural(report.files_changed, "file") + " changed";
}

// "Files changed: 12", for each figure that was measured.
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

constexpr std::size_t kMostListed = 500;

std::string day_of(const std::string& time) {
  const auto parsed = parse_iso8601(time);
  return parsed ? format_utc_day(*parsed) : std::string();
}

records::MirrorNote session_note(const WritePlan& plan, const report::Report& report) {
  const std::string type = records::slug_of(report.type, 50);
  records::MirrorNote note;
  note.kind = "session";
  note.id = plan.session;
  note.slug = records::session_slug(plan.session);
  note.title = report.title.empty() ? "Session " + plan.session : report.title;
  note.created = format_utc_day(plan.completed_at);
  note.updated = note.created;
  note.tag = type.empty() ? "session" : "session/" + type;
  note.body = one_line_summary(report) + "\n" +
              records::list_section("Outcomes", outcome_lines(report)) +
              records::list_section("Metrics", figure_lines(report)) +
              records::list_section("Next Session", report.recommendations);
  return note;
}

// One whose record lacks what a note needs has no slug: it is reported as invalid.
records::MirrorNote learning_note(const WritePlan& plan, const records::Learning& learning) {
  records::MirrorNote note;
  note.kind = "learning";
  note.id = learning.id;
  note.title = learning.subject;
  note.created = day_of(learning.created_at);
  note.updated = learning.touched ? format_utc_day(plan.completed_at) : note.created;
  note.expires = day_of(learning.expires_at);
  const std::string type = records::slug_of(learning.type, 50);
  note.tag = type.empty() ? "learning" : "learning/" + type;
  note.source = learning.source_session;
  const std::string first = records::slug_of(learning.id.substr(0, 8));
  if (!first.empty() && !note.created.empty()) {
    note.slug = records::slug_of(learning.subject);
    if (note.slug.size() < 2) note.slug = "learning-" + first;
  }
  note.body = learning.insight + "\n" + records::list_section("Evidence", {learning.evidence}) +
              "\nConfidence: " + formats::to_json_line(learning.confidence) + "\n";
  return note;
}

// By action, in the order of the format's list.
void summarize(const std::vector<records::Mirrored>& notes, PlannedAnswer& answer) {
  std::map<records::MirrorAction, std::size_t> counts;
  for (const records::Mirrored& note : notes) {
    ++counts[note.action];
    const std::string what = note.path.empty() ? note.kind + " '" + note.id + "'" : note.path;
    const std::string line = std::string(records::action_name(note.action)) + " " + what;
    if (note.action == records::MirrorAction::Invalid) answer.problems.push_back(line);
    if (split_lines(answer.detail).size() < kMostListed || note.content)
      answer.detail += line + "\n";
  }
  std::vector<std::string> parts;
  for (const auto& [action, count] : counts)
    parts.push_back(std::to_string(count) + " " + std::string(records::action_name(action)));
  answer.summary = join(parts, ", ");
}

RepoPath path_in(const Context& context, const std::string& directory, const std::string& name) {
  const std::string path = join_path(directory, name);
  const auto inside = RepoPath::resolve(path, "", context.repository().work_tree());
  return inside ? *inside : RepoPath(path);
}

}  // namespace

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

void plan_mirrored_notes(Context& context, WritePlan& plan, const report::Report& report) {
  PlannedAnswer& answer = plan.answers["mirror-vault"];
  if (const auto off = switched_off(context, "vault-integration")) {
    answer.skipped = *off;
    return;
  }
  const std::optional<Place> vault = integration_vault(context);
  if (!vault) {
    answer.skipped = "vault-integration.vault-dir is not set, and neither is VAULT_DIR";
    return;
  }
  plan.vault = vault->directory;
  std::vector<records::MirrorNote> notes{session_note(plan, report)};
  if (context.learnings) {
    for (const records::Learning& learning : context.learnings->learnings)
      notes.push_back(learning_note(plan, learning));
  }
  std::vector<records::Mirrored> mirrored;
  try {
    mirrored = records::plan_mirror(notes, [&](const std::string& name) {
      return read_file_if_exists(join_path(plan.vault, name));
    });
  } catch (const Error& error) {
    answer.problems.push_back(error.message());
    return;
  }
  // What the journal cannot keep is no problem of the vault's: it ends the close.
  for (const records::Mirrored& note : mirrored) {
    if (note.content)
      plan_file(context, plan, "mirror-vault", path_in(context, plan.vault, note.path),
                note.content);
  }
  summarize(mirrored, answer);
}

}  // namespace gs::close
