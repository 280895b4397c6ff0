#include "close/plan/staleness_records.h"

#include <cmath>

#include "checks/notes/staleness.h"

namespace gs::close {

namespace {

template <typename T>
Json nullable(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json summary(const Context& context, const char* probe, Timestamp now) {
  return {{"timestamp", format_utc(now)},
          {"probe", probe},
          {"project_root", context.repository().work_tree()},
          {"vault_dir", context.staleness->vault}};
}

Json project_summary(const Context& context, Timestamp now) {
  const checks::StalenessCheck& check = context.staleness->check;
  Json record = summary(context, "vault-staleness", now);
  Json findings = Json::array();
  for (const checks::ProjectStaleness& project : check.stale_projects) {
    Json hours;
    if (project.hours) hours = std::round(*project.hours * 10) / 10;
    findings.push_back({{"slug", project.slug},
                        {"severity", session::severity_name(project.severity)},
                        {"last_sync", nullable(project.last_sync)},
                        {"delta_hours", hours},
                        {"flag", "stale-yes"}});
  }
  record["scanned_projects"] = check.projects;
  record["stale_count"] = check.stale_projects.size() - check.project_errors;
  record["errors"] = check.project_errors;
  record["duration_ms"] = check.project_time.count();
  record["findings"] = std::move(findings);
  return record;
}

Json narrative_summary(const Context& context, Timestamp now) {
  const checks::StalenessCheck& check = context.staleness->check;
  Json record = summary(context, "vault-narrative-staleness", now);
  Json findings = Json::array();
  std::size_t stale = 0;
  for (const checks::NarrativeStaleness& narrative : check.stale_narratives) {
    if (narrative.days) ++stale;
    findings.push_back({{"slug", narrative.slug},
                        {"file", narrative.file},
                        {"tier", narrative.tier},
                        {"severity", session::severity_name(narrative.severity)},
                        {"age_days", nullable(narrative.days)},
                        {"threshold_days", narrative.threshold}});
  }
  record["scanned_projects"] = check.directories;
  record["scanned_narratives"] = check.narratives;
  record["stale_narratives"] = stale;
  record["errors"] = check.narrative_errors;
  record["duration_ms"] = check.narrative_time.count();
  record["findings"] = std::move(findings);
  return record;
}

}  // namespace

std::vector<LineWrite> staleness_records(const Context& context, Timestamp now) {
  if (!context.staleness) return {};
  const RepoPath directory(".orchestrator/metrics");
  const auto line = [&](const char* name, const Json& record) {
    return LineWrite{"metrics", RepoPath(directory.bytes() + "/" + name),
                     formats::to_json_line(record) + "\n"};
  };
  return {line("vault-staleness.jsonl", project_summary(context, now)),
          line("vault-narrative-staleness.jsonl", narrative_summary(context, now))};
}

}  // namespace gs::close
