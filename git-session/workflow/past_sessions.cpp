#include "workflow/past_sessions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/refs.h"
#include "session/closing.h"
#include "session/current.h"
#include "session/home.h"
#include "snapshot/names.h"

namespace gs::workflow {

namespace {

std::string text_in(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::size_t count_in(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return 0;
  const auto value = found->get<long long>();
  return value < 0 ? 0 : static_cast<std::size_t>(value);
}

// Of sessions by their id; of several records with one id the last counts.
using ById = std::map<std::string, PastSession>;

void add_records(const session::Workspace& workspace, const FilePlace& file, ById& sessions,
                 std::size_t& unreadable) {
  const formats::JsonLines lines = formats::parse_json_lines(
      workspace.repository.files().read(file, FileLimit::Records).value_or(""));
  unreadable += lines.broken.size();
  for (const formats::JsonLines::Record& line : lines.records) {
    PastSession session;
    if (line.value.is_object()) session.id = text_in(line.value, "session_id");
    const auto started = parse_iso8601(session.id.empty() ? "" : text_in(line.value, "started_at"));
    const auto completed =
        parse_iso8601(session.id.empty() ? "" : text_in(line.value, "completed_at"));
    if (!completed) {
      ++unreadable;
      continue;
    }
    session.started_at = started.value_or(*completed);
    session.completed_at = *completed;
    session.status = text_in(line.value, "status");
    if (session.status.empty()) session.status = "completed";
    session.record = line.value;
    std::string id = session.id;
    sessions.insert_or_assign(std::move(id), std::move(session));
  }
}

Json read_report(const std::string& file) {
  const auto text = read_file_if_exists(file);
  if (!text) return {};
  try {
    Json saved = formats::parse_json(*text, file);
    return saved.is_object() ? saved : Json();
  } catch (const Error&) {
    return {};
  }
}

void add_reports(const session::Workspace& workspace, ById& sessions, std::size_t& unreadable) {
  std::map<std::string, std::string> ids;  // of the files
  for (const auto& [id, session] : sessions) ids.emplace(snapshot::map_component(id) + ".json", id);
  for (const git::Checkout& worktree : git::list_worktrees(workspace.repository)) {
    const std::string directory = session::reports_directory(worktree.git_dir);
    for (const std::string& name : list_directory(directory)) {
      if (!name.ends_with(".json")) continue;
      const std::string file = join_path(directory, name);
      // Reading thousands of them takes long.
      if (const auto known = ids.find(name); known != ids.end()) {
        sessions.at(known->second).report_file = file;
        continue;
      }
      const Json saved = read_report(file);
      const auto found = saved.is_object() ? saved.find("report") : saved.end();
      const auto report = saved.is_object() && found != saved.end()
                              ? report::report_from_json(*found)
                              : std::nullopt;
      if (!report) {
        ++unreadable;
        continue;
      }
      sessions.insert_or_assign(
          report->session, PastSession{report->session, report->started_at, report->completed_at,
                                       "completed", Json(), file});
    }
  }
}

// A private session that was abandoned has no report, but its STATE.md.
std::string title_kept(const session::Workspace& workspace, const std::string& id) {
  const git::Repository& repository = workspace.repository;
  const FilePlace file =
      FilePlace::outside(join_path(session::private_closed_sessions(repository.common_dir()),
                                   session::file_name_of(id) + "/STATE.md"));
  try {
    const auto text = repository.files().read(file);
    return text ? session::parse_state(*text, "STATE.md").title : "";
  } catch (const Error&) {
    return "";
  }
}

report::Report report_of_record(const PastSession& session) {
  report::Report report;
  report.session = session.id;
  report.title = session.title;
  report.started_at = session.started_at;
  report.completed_at = session.completed_at;
  if (!session.record.is_object()) return report;
  report.type = text_in(session.record, "session_type");
  report.branch = text_in(session.record, "branch");
  report.paused = std::chrono::seconds(count_in(session.record, "paused_seconds"));
  report.files_changed = count_in(session.record, "total_files_changed");
  const auto agents = session.record.find("agent_summary");
  if (agents != session.record.end() && agents->is_object() &&
      count_in(session.record, "total_agents") > 0) {
    report.agents = report::AgentTotals{count_in(session.record, "total_agents"),
                                        count_in(*agents, "complete"), count_in(*agents, "partial"),
                                        count_in(*agents, "failed"), count_in(*agents, "spiral")};
  }
  return report;
}

// The gates together, from the report, else from the record's waves.
std::string quality_of(const PastSession& session, const report::Report& report) {
  bool passed = false;
  for (const report::GateLine& gate : report.gates) {
    if (gate.outcome == "failed" || gate.outcome == "timed-out") return "fail";
    passed = passed || gate.outcome == "passed";
  }
  if (passed) return "pass";
  if (!session.record.is_object()) return "";
  const auto waves = session.record.find("waves");
  if (waves == session.record.end() || !waves->is_array() || waves->empty()) return "";
  const Json& last = waves->back();
  return last.is_object() ? text_in(last, "quality") : "";
}

std::vector<report::LearningLine> learnings_of(const session::Workspace& workspace) {
  const FilePlace file = workspace.home.record(session::kLearningsRecord);
  std::vector<report::LearningLine> learnings;
  const std::string text = workspace.repository.files().read(file, FileLimit::Records).value_or("");
  for (const formats::JsonLines::Record& line : formats::parse_json_lines(text).records) {
    const auto confidence = line.value.find("confidence");
    if (confidence == line.value.end() || !confidence->is_number()) continue;
    learnings.push_back({text_in(line.value, "type"), text_in(line.value, "subject"),
                         text_in(line.value, "insight"), confidence->get<double>()});
  }
  std::stable_sort(learnings.begin(), learnings.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  return learnings;
}

}  // namespace

PastSessions past_sessions(const session::Workspace& workspace) {
  ById by_id;
  PastSessions past;
  add_records(workspace, workspace.home.record(session::kSessionsRecord), by_id, past.unreadable);
  if (workspace.home.tracked())
    add_records(workspace, workspace.home.waiting_records(), by_id, past.unreadable);
  add_reports(workspace, by_id, past.unreadable);
  for (auto& [id, session] : by_id) {
    if (session.report_file.empty()) session.title = title_kept(workspace, id);
  }
  for (auto& [id, session] : by_id) past.sessions.push_back(std::move(session));
  std::stable_sort(
      past.sessions.begin(), past.sessions.end(),
      [](const PastSession& a, const PastSession& b) { return a.completed_at > b.completed_at; });
  return past;
}

PastSession find_past_session(const session::Workspace& workspace, const std::string& text) {
  PastSessions past = past_sessions(workspace);
  if (past.sessions.empty()) {
    throw refused("no session has ended here yet")
        .with_hint("'git session status' shows the one that is open");
  }
  if (text.empty()) return std::move(past.sessions.front());
  std::vector<PastSession*> found;
  for (PastSession& session : past.sessions) {
    if (session.id == text) return std::move(session);
    if (session.id.starts_with(text)) found.push_back(&session);
  }
  if (found.size() == 1) return std::move(*found.front());
  if (found.size() > 1) {
    throw refused("'" + text + "' is the beginning of " + std::to_string(found.size()) +
                  " sessions")
        .with_hint("'git session log' lists them");
  }
  for (const session::RunningSession& running :
       session::running_sessions(workspace.repository, nullptr)) {
    if (running.id != text && (running.name.empty() || running.name != text)) continue;
    throw refused("session '" + text + "' is still open")
        .with_hint("'git session status --session " + quote_shell(text) + "' shows it");
  }
  std::vector<std::string_view> ids;
  for (const PastSession& session : past.sessions) ids.push_back(session.id);
  const std::string_view near = nearest(text, ids);
  throw refused("no session '" + text + "' has ended here")
      .with_hint(near.empty() ? "'git session log' lists those that have"
                              : "did you mean '" + std::string(near) + "'?");
}

SavedReport saved_report(const PastSession& session) {
  const Json saved = session.report_file.empty() ? Json() : read_report(session.report_file);
  if (saved.is_object() && saved.contains("report")) {
    if (auto report = report::report_from_json(saved.at("report"));
        report && report->session == session.id)
      return {*std::move(report), text_in(saved, "plan"), true};
  }
  return {report_of_record(session), "", false};
}

report::PastLine line_of(const PastSession& session) {
  report::PastLine line;
  line.report = saved_report(session).report;
  line.status = session.status;
  line.planned = line.report.completed.size() + line.report.carried_over.size();
  line.done = line.report.completed.size();
  line.quality = quality_of(session, line.report);
  const auto found =
      session.record.is_object() ? session.record.find("effectiveness") : session.record.end();
  if (line.planned == 0 && session.record.is_object() && found != session.record.end() &&
      found->is_object()) {
    line.planned = count_in(*found, "planned_issues");
    line.done = count_in(*found, "completed");
  }
  return line;
}

std::string project_name(const session::Workspace& workspace) {
  const std::string& top = workspace.repository.work_tree();
  return top.substr(top.rfind('/') + 1);
}

report::History history(const session::Workspace& workspace, Timestamp now) {
  report::History history{project_name(workspace), now, {}, learnings_of(workspace)};
  for (const PastSession& session : past_sessions(workspace).sessions)
    history.sessions.push_back(line_of(session));
  return history;
}

std::string gate_output(const session::Workspace& workspace, const std::string& gate,
                        const std::string& session) {
  const git::Repository& repository = workspace.repository;
  std::vector<std::string> ids;
  for (const session::RunningSession& running : session::running_sessions(repository, nullptr)) {
    if (session.empty() || running.id == session || running.name == session)
      ids.push_back(running.id);
  }
  if (ids.empty() && !session.empty()) ids.push_back(find_past_session(workspace, session).id);
  if (session.empty()) {
    for (const PastSession& past : past_sessions(workspace).sessions) ids.push_back(past.id);
  }
  for (const std::string& id : ids) {
    for (const git::Checkout& worktree : git::list_worktrees(repository)) {
      if (auto text = read_file_if_exists(session::output_file(worktree.git_dir, id, gate)))
        return *std::move(text);
    }
  }
  throw refused("no output of '" + gate + "' is kept" +
                (session.empty() ? "" : " of session '" + session + "'"))
      .with_hint("gates are typecheck, test and lint; a command of the plan is 'verify: TITLE'");
}

}  // namespace gs::workflow
