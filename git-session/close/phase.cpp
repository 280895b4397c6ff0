#include "close/phase.h"

#include "base/names.h"
#include "close/context.h"
#include "formats/json.h"

namespace gs::close {

namespace {

constexpr auto kOutcomeNames = std::to_array<Name<Outcome>>({{Outcome::Ok, "ok"},
                                                             {Outcome::Warn, "warn"},
                                                             {Outcome::Block, "block"},
                                                             {Outcome::Skip, "skip"}});
static_assert(is_complete(kOutcomeNames));

}  // namespace

std::string_view outcome_name(Outcome outcome) {
  return name_of(kOutcomeNames, outcome);
}

PhaseResult ok(std::string summary) {
  return {Outcome::Ok, std::move(summary)};
}
PhaseResult warn(std::string summary) {
  return {Outcome::Warn, std::move(summary)};
}
PhaseResult skip(std::string summary) {
  return {Outcome::Skip, std::move(summary)};
}
PhaseResult block(std::string summary) {
  return {Outcome::Block, std::move(summary)};
}

void add_problem(PhaseResult& result, std::string_view source, std::string problem,
                 std::string recommendation) {
  if (result.outcome == Outcome::Ok) result.outcome = Outcome::Warn;
  result.findings.push_back({.source = std::string(source),
                             .severity = session::Severity::Low,
                             .title = std::move(problem),
                             .recommendation = std::move(recommendation)});
}

Json to_json(const PhaseReport& report) {
  Json findings = Json::array();
  for (const session::Finding& finding : report.result.findings) {
    findings.push_back(session::to_json(finding));
  }
  Json value = {{"id", report.id},
                {"title", report.title},
                {"outcome", outcome_name(report.result.outcome)},
                {"summary", report.result.summary},
                {"duration_ms", report.duration.count()},
                {"findings", findings}};
  if (!report.result.detail.empty()) value["detail"] = report.result.detail;
  if (!report.result.hint.empty()) value["hint"] = report.result.hint;
  return value;
}

namespace {

Outcome outcome_from_name(const std::string& name) {
  return named(kOutcomeNames, name).value_or(Outcome::Ok);
}

session::Finding finding_from_json(const Json& value) {
  session::Finding finding;
  finding.source = value.value("source", "");
  finding.severity =
      session::severity_named(value.value("severity", "low")).value_or(session::Severity::Low);
  finding.confidence = value.value("confidence", 100);
  if (const Json file = value.value("file", Json()); file.is_string()) {
    finding.file = file.get<std::string>();
  }
  if (const Json line = value.value("line", Json()); line.is_number()) {
    finding.line = line.get<std::size_t>();
  }
  finding.title = value.value("title", "");
  finding.detail = value.value("detail", "");
  finding.recommendation = value.value("recommendation", "");
  return finding;
}

}  // namespace

PhaseReport phase_report_from_json(const Json& value) {
  PhaseReport report;
  report.id = value.value("id", "");
  report.title = value.value("title", "");
  report.result.outcome = outcome_from_name(value.value("outcome", "ok"));
  report.result.summary = value.value("summary", "");
  report.result.detail = value.value("detail", "");
  report.result.hint = value.value("hint", "");
  report.duration = std::chrono::milliseconds(value.value("duration_ms", 0L));
  for (const Json& finding : value.value("findings", Json::array())) {
    report.result.findings.push_back(finding_from_json(finding));
  }
  return report;
}

}  // namespace gs::close
