#include "close/plan/mirror_plan.h"

#include <map>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "close/look/configured_check.h"
#include "close/plan/session_notes.h"
#include "records/session_notes.h"
#include "records/vault_mirror.h"
#include "report/figures.h"

namespace gs::close {

namespace {

constexpr std::size_t kMostListed = 500;

std::string day_of(const std::string& time) {
  const auto parsed = parse_iso8601(time);
  return parsed ? format_utc_day(*parsed) : std::string();
}

records::MirrorNote session_note(const report::Report& report) {
  const std::string type = records::slug_of(report.type, 50);
  records::MirrorNote note;
  note.kind = "session";
  note.id = report.session;
  note.slug = records::session_slug(report.session);
  note.title = report.title.empty() ? "Session " + report.session : report.title;
  note.created = format_utc_day(report.completed_at);
  note.updated = note.created;
  note.tag = type.empty() ? "session" : "session/" + type;
  note.body = one_line_summary(report) + "\n" +
              records::list_section("Outcomes", outcome_lines(report)) +
              records::list_section("Metrics", figure_lines(report)) +
              records::list_section("Next Session", report::recommendation_lines(report));
  return note;
}

// A learning whose record lacks what a note needs has no slug and is reported as invalid.
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

}  // namespace

std::string mirrored_session_note(const report::Report& report, const std::string& slug) {
  return records::render_mirror_note(session_note(report), slug);
}

void plan_mirrored_notes(Context& context, WritePlan& plan) {
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
  std::vector<records::MirrorNote> notes{session_note(plan.report)};
  if (context.learnings) {
    for (const records::Learning& learning : context.learnings->learnings)
      notes.push_back(learning_note(plan, learning));
  }
  std::vector<records::Mirrored> mirrored;
  try {
    const TreeFiles files = context.repository().files();
    mirrored = records::plan_mirror(notes, [&](const std::string& name) {
      const FilePlace place = place_in(*vault, name);
      const auto info = files.info(place);
      // What is that large was not written by us, like any text without our mark.
      if (info && info->size > static_cast<std::uint64_t>(FileLimit::Note))
        return std::optional<std::string>("");
      return files.read(place, FileLimit::Note);
    });
  } catch (const Error& error) {
    answer.problems.push_back(error.message());
    return;
  }
  // A failure of the journal is not a problem of the vault: it ends the close.
  for (const records::Mirrored& note : mirrored) {
    if (!note.content) continue;
    const FilePlace path = place_in(*vault, note.path);
    plan_file(context, plan, "mirror-vault", path, note.content);
    if (note.kind == "session") plan.notes["mirror-vault"] = path;
  }
  summarize(mirrored, answer);
}

}  // namespace gs::close
