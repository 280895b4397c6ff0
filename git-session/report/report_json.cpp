#include <utility>

#include "report/figures.h"
#include "report/report.h"

namespace gs::report {
namespace {

// A string, except for a planned one.
Json to_json(const IssueRef& issue) {
  return issue.planned ? Json{{"planned_issue", *issue.planned}} : Json(issue.known);
}
Json to_json(const Item& item) {
  return {{"issue", or_null(item.issue)},
          {"title", item.title},
          {"evidence", item.evidence},
          {"follow_up", to_json(item.follow_up)},
          {"status", item.status}};
}
Json to_json(const NewIssue& issue) {
  return {{"reference", to_json(issue.reference)},
          {"title", issue.title},
          {"priority", issue.priority}};
}
Json to_json(const FindingLine& finding) {
  Json value{{"severity", finding.severity},
             {"source", finding.source},
             {"place", finding.place},
             {"title", finding.title}};
  if (!finding.issue.none()) value["issue"] = to_json(finding.issue);
  return value;
}
Json to_json(const WaveLine& wave) {
  return {{"wave", wave.number}, {"role", wave.role},         {"agents", wave.agents},
          {"files", wave.files}, {"duration", wave.duration}, {"skipped", wave.skipped}};
}
Json to_json(const AgentTotals& agents) {
  return {{"total", agents.total},
          {"complete", agents.complete},
          {"partial", agents.partial},
          {"failed", agents.failed},
          {"spiral", agents.spiral}};
}
Json to_json(const GateLine& gate) {
  return {{"name", gate.name}, {"outcome", gate.outcome}, {"detail", gate.detail}};
}
Json to_json(const CommitLine& commit) {
  return {{"oid", commit.oid},
          {"subject", commit.subject},
          {"files", commit.files},
          {"hooks", commit.hooks}};
}
Json to_json(const LeftAlone& left) {
  return {{"path", left.path}, {"owner", left.owner}, {"reason", left.reason}};
}

Json to_json(const DocsTaskLine& task) {
  return {{"id", task.id},     {"audience", task.audience}, {"target_pattern", task.target},
          {"wave", task.wave}, {"status", task.status},     {"note", task.note}};
}

// A line of text, unless its issue is only planned.
Json to_json(const Recommendation& next, const std::string& line) {
  if (!next.issue.planned) return line;
  return {{"text", next.text}, {"issue", to_json(next.issue)}};
}
Json recommendations_to_json(const Report& report) {
  const std::vector<std::string> lines = recommendation_lines(report);
  Json list = Json::array();
  for (std::size_t i = 0; i < lines.size(); ++i)
    list.push_back(to_json(report.recommendations[i], lines[i]));
  return list;
}

template <typename T>
Json list_to_json(const std::vector<T>& values) {
  Json list = Json::array();
  for (const T& value : values) list.push_back(to_json(value));
  return list;
}

// Reading: a missing key keeps its default, since keys are only ever added.
template <typename T>
void read(const Json& object, const char* key, T& value) {
  const auto found = object.find(key);
  if (found != object.end() && !found->is_null()) value = found->template get<T>();
}
template <typename T>
void read(const Json& object, const char* key, std::optional<T>& value) {
  const auto found = object.find(key);
  if (found != object.end() && !found->is_null()) value = found->template get<T>();
}

void read(const Json& object, const char* key, IssueRef& issue) {
  const auto found = object.find(key);
  if (found == object.end()) return;
  if (found->is_object()) {
    issue.planned = found->at("planned_issue").get<std::size_t>();
  } else {
    read(object, key, issue.known);
  }
}

void read_from(const Json& object, Item& item) {
  read(object, "issue", item.issue);
  read(object, "title", item.title);
  read(object, "evidence", item.evidence);
  read(object, "follow_up", item.follow_up);
  read(object, "status", item.status);
}
void read_from(const Json& object, NewIssue& issue) {
  read(object, "reference", issue.reference);
  read(object, "title", issue.title);
  read(object, "priority", issue.priority);
}
void read_from(const Json& object, FindingLine& finding) {
  read(object, "severity", finding.severity);
  read(object, "source", finding.source);
  read(object, "place", finding.place);
  read(object, "title", finding.title);
  read(object, "issue", finding.issue);
}
void read_from(const Json& object, WaveLine& wave) {
  read(object, "wave", wave.number);
  read(object, "role", wave.role);
  read(object, "agents", wave.agents);
  read(object, "files", wave.files);
  read(object, "duration", wave.duration);
  read(object, "skipped", wave.skipped);
}
void read_from(const Json& object, AgentTotals& agents) {
  read(object, "total", agents.total);
  read(object, "complete", agents.complete);
  read(object, "partial", agents.partial);
  read(object, "failed", agents.failed);
  read(object, "spiral", agents.spiral);
}
void read_from(const Json& object, GateLine& gate) {
  read(object, "name", gate.name);
  read(object, "outcome", gate.outcome);
  read(object, "detail", gate.detail);
}
void read_from(const Json& object, CommitLine& commit) {
  read(object, "oid", commit.oid);
  read(object, "subject", commit.subject);
  read(object, "files", commit.files);
  read(object, "hooks", commit.hooks);
}
void read_from(const Json& object, LeftAlone& left) {
  read(object, "path", left.path);
  read(object, "owner", left.owner);
  read(object, "reason", left.reason);
}

void read_from(const Json& object, DocsTaskLine& task) {
  read(object, "id", task.id);
  read(object, "audience", task.audience);
  read(object, "target_pattern", task.target);
  read(object, "wave", task.wave);
  read(object, "status", task.status);
  read(object, "note", task.note);
}

template <typename T>
void read_list(const Json& object, const char* key, std::vector<T>& values) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return;
  for (const Json& entry : *found) {
    T value;
    static_cast<void>(entry.items());  // throws if it is not an object
    read_from(entry, value);
    values.push_back(std::move(value));
  }
}

void read_from(const Json& object, DocsCoverage& coverage) {
  read(object, "mode", coverage.mode);
  read_list(object, "tasks", coverage.tasks);
}

void read_recommendations(const Json& object, std::vector<Recommendation>& recommendations) {
  const auto found = object.find("recommendations");
  if (found == object.end()) return;
  for (const Json& entry : *found) {
    Recommendation next;
    if (entry.is_object()) {
      read(entry, "text", next.text);
      read(entry, "issue", next.issue);
    } else {
      next.text = entry.get<std::string>();
    }
    recommendations.push_back(std::move(next));
  }
}

bool read_time(const Json& object, const char* key, Timestamp& time) {
  std::string text;
  read(object, key, text);
  const std::optional<Timestamp> parsed = parse_iso8601(text);
  if (parsed) time = *parsed;
  return parsed.has_value();
}

Report read_report(const Json& value) {
  Report report;
  read(value, "session", report.session);
  read(value, "title", report.title);
  read(value, "type", report.type);
  read(value, "branch", report.branch);
  read_list(value, "completed", report.completed);
  read_list(value, "carried_over", report.carried_over);
  read_list(value, "new_issues", report.new_issues);
  read_list(value, "findings", report.findings);
  read_list(value, "waves", report.waves);
  if (const auto agents = value.find("agents"); agents != value.end() && agents->is_object()) {
    read_from(*agents, report.agents.emplace());
  }
  if (const auto paused = value.find("paused_ms"); paused != value.end())
    report.paused = std::chrono::milliseconds(paused->integer().value_or(0));
  read(value, "commits_while_paused", report.commits_while_paused);
  read(value, "files_changed", report.files_changed);
  read_list(value, "gates", report.gates);
  read(value, "tests_passed", report.tests_passed);
  read(value, "tests_failed", report.tests_failed);
  read(value, "tested_tree", report.tested_tree);
  read(value, "not_isolated", report.not_isolated);
  read_list(value, "commits", report.commits);
  read(value, "push", report.push);
  read(value, "mirror", report.mirror);
  read(value, "request", report.request);
  read(value, "docs_health", report.docs_health);
  read(value, "enforcement", report.enforcement);
  read(value, "learnings", report.learnings);
  read(value, "metrics_file", report.metrics_file);
  if (const auto docs = value.find("docs_coverage"); docs != value.end() && docs->is_object()) {
    read_from(*docs, report.docs_coverage.emplace());
  }
  read_list(value, "left_alone", report.left_alone);
  read(value, "deviations", report.deviations);
  read(value, "warnings", report.warnings);
  read_recommendations(value, report.recommendations);
  return report;
}

}  // namespace

Json to_json(const DocsCoverage& coverage) {
  return {{"mode", coverage.mode}, {"tasks", list_to_json(coverage.tasks)}};
}

Json to_json(const Report& report) {
  Json value;
  value["session"] = report.session;
  value["title"] = report.title;
  value["type"] = report.type;
  value["branch"] = report.branch;
  value["started_at"] = format_utc(report.started_at);
  value["completed_at"] = format_utc(report.completed_at);
  value["duration_ms"] = duration_of(report).count();
  value["paused_ms"] = report.paused.count();
  value["commits_while_paused"] = report.commits_while_paused;
  value["completed"] = list_to_json(report.completed);
  value["carried_over"] = list_to_json(report.carried_over);
  value["new_issues"] = list_to_json(report.new_issues);
  value["findings"] = list_to_json(report.findings);
  value["waves"] = list_to_json(report.waves);
  value["agents"] = report.agents ? to_json(*report.agents) : Json(nullptr);
  value["files_changed"] = report.files_changed;
  value["gates"] = list_to_json(report.gates);
  value["tests_passed"] = or_null(report.tests_passed);
  value["tests_failed"] = or_null(report.tests_failed);
  value["tested_tree"] = report.tested_tree.empty() ? Json(nullptr) : Json(report.tested_tree);
  value["not_isolated"] = report.not_isolated;
  value["commits"] = list_to_json(report.commits);
  value["push"] = report.push;
  value["mirror"] = report.mirror;
  value["request"] = report.request;
  value["docs_health"] = report.docs_health;
  value["enforcement"] = report.enforcement;
  value["learnings"] = report.learnings;
  value["metrics_file"] = report.metrics_file;
  value["docs_coverage"] = report.docs_coverage ? to_json(*report.docs_coverage) : Json(nullptr);
  value["left_alone"] = list_to_json(report.left_alone);
  value["deviations"] = report.deviations;
  value["warnings"] = report.warnings;
  value["recommendations"] = recommendations_to_json(report);
  return value;
}

std::optional<Report> report_from_json(const Json& value) {
  if (!value.is_object()) return std::nullopt;
  try {
    Report report = read_report(value);
    const bool timed = read_time(value, "started_at", report.started_at) &&
                       read_time(value, "completed_at", report.completed_at);
    if (!timed || report.session.empty()) return std::nullopt;
    return report;
  } catch (const JsonError&) {
    return std::nullopt;
  }
}

}  // namespace gs::report
