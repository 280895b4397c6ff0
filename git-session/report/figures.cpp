#include "report/figures.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/screen.h"
#include "base/text.h"

namespace gs::report {

std::string one_line(std::string_view text) {
  std::string line = escape_hidden(trim(text));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return line;
}

std::chrono::milliseconds duration_of(const Report& report) {
  const auto whole = report.completed_at - report.started_at;
  return std::max(whole - report.paused, std::chrono::milliseconds{0});
}

std::string duration_figure(const Report& report) {
  return format_duration(duration_of(report));
}

std::string paused_figure(const Report& report) {
  if (report.paused.count() == 0) return "";
  const std::size_t commits = report.commits_while_paused;
  return format_duration(report.paused) +
         (commits == 0 ? "" : ", " + plural(commits, "commit") + " made meanwhile not counted");
}

std::string agents_figure(const Report& report) {
  if (!report.agents) return "";
  const AgentTotals& agents = *report.agents;
  const std::array<std::pair<std::size_t, std::string_view>, 4> kinds{
      {{agents.complete, "complete"},
       {agents.partial, "partial"},
       {agents.failed, "failed"},
       {agents.spiral, "spiral"}}};
  std::string text;
  for (const auto& [count, name] : kinds) {
    if (count == 0) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(name);
  }
  return std::to_string(agents.total) + (text.empty() ? "" : " (" + text + ")");
}

std::string breaker_figure(const Report& report) {
  if (!report.agents) return "";
  if (report.agents->partial == 0 && report.agents->spiral == 0) return "none";
  return plural(report.agents->partial, "agent") + " hit limits, " +
         plural(report.agents->spiral, "spiral") + " detected";
}

std::string waves_figure(const Report& report) {
  if (report.waves.empty()) return "";
  const auto skipped = static_cast<std::size_t>(std::count_if(
      report.waves.begin(), report.waves.end(), [](const WaveLine& wave) { return wave.skipped; }));
  return std::to_string(report.waves.size() - skipped) + " completed" +
         (skipped > 0 ? ", " + std::to_string(skipped) + " skipped" : "");
}

std::string wave_figure(const WaveLine& wave) {
  if (wave.skipped) return "skipped";
  const bool counted =
      !wave.files.empty() && wave.files.find_first_not_of("0123456789") == std::string::npos;
  const std::string files =
      counted ? wave.files + (wave.files == "1" ? " file" : " files") : "files n/a";
  const std::string duration = one_line(wave.duration);
  return (duration.empty() ? "duration n/a" : duration) + " — " + plural(wave.agents, "agent") +
         " — " + files;
}

std::string tested_tree_figure(const Report& report) {
  if (report.not_isolated.empty()) return one_line(report.tested_tree);
  return one_line("not isolated: " + join(report.not_isolated, "; "));
}

std::string commits_figure(const Report& report) {
  const std::string branch = one_line(report.branch);
  return std::to_string(report.commits.size()) + (branch.empty() ? "" : " on " + branch);
}

std::string coverage_figure(const DocsCoverage& coverage) {
  const auto count = [&](std::string_view status) {
    return static_cast<std::size_t>(
        std::count_if(coverage.tasks.begin(), coverage.tasks.end(),
                      [&](const DocsTaskLine& task) { return task.status == status; }));
  };
  return std::to_string(count("ok")) + " ok, " + std::to_string(count("partial")) + " partial, " +
         plural(count("gap"), "gap") + " (mode=" + one_line(coverage.mode) + ")";
}

std::vector<std::string> recommendation_lines(const Report& report) {
  std::vector<std::string> lines;
  for (const Recommendation& next : report.recommendations)
    lines.push_back(next.text + (next.issue.none() ? "" : " (" + next.issue.name() + ")"));
  return lines;
}

std::vector<std::string> finding_lines(const Report& report) {
  constexpr std::size_t kMost = 20;
  std::vector<std::string> lines;
  for (const FindingLine& finding : report.findings) {
    if (lines.size() == kMost) {
      lines.push_back("and " + std::to_string(report.findings.size() - kMost) + " more");
      break;
    }
    const std::string place = one_line(finding.place);
    lines.push_back(one_line(finding.severity) + ": " + one_line(finding.title) +
                    (place.empty() ? "" : " (" + place + ")") +
                    (finding.issue.none() ? "" : " → " + one_line(finding.issue.name())));
  }
  return lines;
}

std::string short_oid(const CommitLine& commit) {
  return one_line(commit.oid).substr(0, 10);
}

std::string owner_shown(std::string_view owner) {
  if (owner == "ours") return "Yours";
  if (owner == "mixed") return "Partly yours";
  if (owner == "unclaimed") return "Not in plan";
  if (owner == "foreign") return "Not yours";
  if (owner == "contested") return "Contested";
  return one_line(owner);
}

}  // namespace gs::report
