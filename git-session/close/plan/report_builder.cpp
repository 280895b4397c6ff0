#include "close/plan/report_builder.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "close/look/isolation.h"
#include "close/look/session_changes.h"
#include "close/plan/learnings_plan.h"
#include "close/plan/report_findings.h"
#include "session/workspace.h"
#include "tracker/issue.h"

namespace gs::close {

namespace {

using checks::ItemStatus;

constexpr long kNoIssue = 1'000'000'000;  // a larger number is not an issue's

bool is_closing_word(std::string_view word) {
  static const std::set<std::string_view> words = {
      "close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"};
  return words.contains(word);
}

}  // namespace

std::vector<long> issues_closed_in(std::string_view message) {
  std::vector<long> issues;
  bool closing = false;
  constexpr std::string_view kBetween = " \n,:\t";
  while (!message.empty()) {
    const std::size_t end = std::min(message.find_first_of(kBetween), message.size());
    const std::string word = to_lower(message.substr(0, end));
    message.remove_prefix(std::min(end + 1, message.size()));
    if (word.empty() || word == "and") continue;
    if (is_closing_word(word)) {
      closing = true;
    } else if (closing && word.size() > 1 && word.front() == '#') {
      long number = 0;
      for (const char c : std::string_view(word).substr(1)) {
        if (c < '0' || c > '9') break;
        number = std::min(number * 10 + (c - '0'), kNoIssue);
      }
      if (number > 0 && number < kNoIssue) issues.push_back(number);
    } else {
      closing = false;
    }
  }
  return issues;
}

namespace {

std::set<RepoPath> session_files(const Context& context) {
  std::set<RepoPath> files;
  for (const session::Change& change : context.changes) files.insert(change.path);
  for (const CommitUnit& unit : context.staging.units) {
    for (const StagedFile& file : unit.files) files.insert(file.change.change.path);
  }
  return files;
}

records::DiscoveryStats stats_to_record(const checks::DiscoveryStats& stats) {
  return {stats.probes_run,      stats.raw,       stats.verified,
          stats.false_positives, stats.dismissed, stats.issues_created,
          stats.by_category};
}

std::string quality(const Context& context) {
  bool ran = false;
  for (const GateResult& gate : context.gates) {
    if (gate.run) ran = true;
  }
  return ran ? "pass" : "skip";  // a gate that failed ends the close
}

void add_plan_items(const Context& context, const IssuePlan& issues, report::Report& report) {
  const auto follow_up = [&](std::size_t item) {
    for (std::size_t i = 0; i < issues.actions.size(); ++i) {
      if (issues.actions[i].action != "close" && issues.actions[i].item == item)
        return issues.reference_of(i);
    }
    return report::IssueRef();
  };
  for (const checks::ItemResult& result : context.plan.items) {
    const session::PlanItem& item = context.session->plan->items[result.index];
    const std::string status(checks::item_status_name(result.status));
    switch (result.status) {
      case ItemStatus::Done:
        report.completed.push_back({item.issue, item.title, result.evidence, {}, status});
        break;
      case ItemStatus::Dropped:
        report.completed.push_back(
            {item.issue, item.title, "dropped: " + *item.dropped, {}, status});
        break;
      case ItemStatus::Partial:
      case ItemStatus::NotStarted:
        report.carried_over.push_back(
            {item.issue, item.title,
             result.evidence + (item.why ? " (" + *item.why + ")" : std::string()),
             follow_up(result.index), status});
        break;
    }
  }
}

// Without a plan the issues of STATE.md are what was planned, and the session's commits the only
// evidence.
void add_issues_of_state(const Context& context, report::Report& report) {
  const std::map<long, git::ObjectId> closed = issues_closed_by_commits(context);
  const tracker::LocalIssues local =
      tracker::LocalIssues::load(context.workspace.home.issues(), context.repository().work_tree());
  for (const long number : context.session->state.issues) {
    const std::optional<tracker::Issue> issue = local.find(number);
    const std::string title = issue ? issue->title : "planned for this session";
    const auto found = closed.find(number);
    if (found != closed.end()) {
      report.completed.push_back(
          {number, title, "closed by commit " + found->second.abbreviated(), {}, "done"});
    } else {
      report.carried_over.push_back(
          {number, title, "no commit of the session says that it closes it", {}, "open"});
    }
  }
}

void add_agents(const Context& context, report::Report& report) {
  const std::vector<session::Wave>& waves = context.session->state.waves;
  if (waves.empty()) return;
  for (const session::Wave& wave : waves) {
    const std::optional<std::size_t> files = records::files_of_wave(wave);
    const auto took = context.events.wave_durations.find(wave.number);
    const bool measured = took != context.events.wave_durations.end();
    report.waves.push_back({wave.number, wave.role, wave.agents.size(),
                            files ? std::to_string(*files) : "n/a",
                            measured ? format_duration(took->second) : "", wave.skipped});
  }
  const session::AgentCounts counts = session::count_agents(waves);
  report.agents = {counts.total, counts.complete, counts.partial, counts.failed, counts.spiral};
}

// Lost agents, with the issue that takes over.
void add_lost_agents(const Context& context, const IssuePlan& issues, report::Report& report) {
  if (!context.safety) return;
  for (const session::AgentRun& agent : context.safety->carryover) {
    report::IssueRef follow_up;
    for (std::size_t i = 0; i < issues.actions.size(); ++i) {
      if (issues.actions[i].task.issue.title == tracker::carryover_title(agent.description)) {
        follow_up = issues.reference_of(i);
      }
    }
    const bool spiral = agent.status == session::AgentStatus::Spiral;
    report.carried_over.push_back({std::nullopt, agent.description,
                                   spiral ? "its agent ended in a spiral" : "its agent failed",
                                   follow_up, "open"});
  }
}

std::string enforcement_figure(const Context& context) {
  const std::optional<session::WaveScope>& scope = context.session->scope;
  const bool off = scope ? scope->enforcement == session::Enforcement::Off
                         : context.workspace.config.text("enforcement") == "off";
  if (!context.safety || off) return "";
  const checks::Safety& safety = *context.safety;
  return plural(safety.refused + safety.blocked, "violation") + " blocked, " +
         plural(safety.violations - safety.refused, "warning");
}

void add_gates(const Context& context, report::Report& report) {
  for (const GateResult& gate : context.gates) {
    report::GateLine line{gate.name, "skipped", gate.skipped};
    if (gate.run && gate.skipped.empty()) {
      line.outcome = checks::run_outcome_name(gate.run->outcome);
      line.detail = format_duration(gate.run->duration);
      if (gate.run->counts) {
        line.detail = std::to_string(gate.run->counts->passed) + " passed in " + line.detail;
        if (gate.name == "test") {
          report.tests_passed = gate.run->counts->passed;
          report.tests_failed = gate.run->counts->failed;
        }
      }
    }
    report.gates.push_back(std::move(line));
  }
}

void add_isolation(const Context& context, report::Report& report) {
  const std::optional<git::ObjectId> tested = tested_tree(context);
  if (tested) report.tested_tree = tested->hex();
  if (!context.isolation) return;
  report.not_isolated = context.isolation->not_isolated;
  for (const std::string& note : context.isolation->notes)
    report.warnings.push_back("isolated gates: " + note);
  if (const auto differs = untested_commit(context)) report.warnings.push_back(*differs);
}

void add_learnings(const Context& context, report::Report& report) {
  if (!context.learnings) return;
  const records::LearningChanges& changes = context.learnings->changes;
  report.learnings = std::to_string(changes.added) + " new, " + std::to_string(changes.confirmed) +
                     " confirmed, " + std::to_string(changes.contradicted + changes.expired) +
                     " contradicted/expired";
  if (!context.learnings->learnings.empty())
    report.learnings +=
        " — written to " + context.workspace.home.record(session::kLearningsRecord).shown();
}

using PlannedItem = std::pair<std::string, std::optional<long>>;  // title and issue

// 0 is the most urgent.
std::map<PlannedItem, std::size_t> urgencies(const Context& context) {
  static const std::vector<std::string> order = {"critical", "high", "medium", "low"};
  std::map<PlannedItem, std::size_t> urgencies;
  if (!context.session->plan) return urgencies;
  for (const session::PlanItem& item : context.session->plan->items) {
    const auto place = std::find(order.begin(), order.end(), item.priority) - order.begin();
    urgencies[{item.title, item.issue}] = static_cast<std::size_t>(place);
  }
  return urgencies;
}

// Findings that did not become issues and are more than notes, the worst first.
void add_urgent_findings(report::Report& report) {
  constexpr std::size_t kMost = 3;
  std::size_t named = 0;
  std::size_t others = 0;
  for (const report::FindingLine& finding : report.findings) {
    if (finding.severity == "low" || !finding.issue.none() || is_outside(finding)) continue;
    if (named == kMost) {
      ++others;
      continue;
    }
    ++named;
    report.recommendations.push_back({"Look into: " + finding.title +
                                      (finding.place.empty() ? "" : " (" + finding.place + ")")});
  }
  if (others > 0) {
    report.recommendations.push_back(
        {"Look into " + plural(others, "other finding") + " of at least medium severity"});
  }
}

void add_recommendations(const Context& context, report::Report& report) {
  constexpr std::size_t kMedium = 2;
  const std::map<PlannedItem, std::size_t> planned = urgencies(context);
  const auto urgency = [&](const report::Item& item) {
    const auto found = planned.find({item.title, item.issue});
    return found == planned.end() ? kMedium : found->second;
  };
  // The most urgent first; equally urgent ones in the plan's order.
  std::vector<report::Item> items = report.carried_over;
  std::stable_sort(items.begin(), items.end(),
                   [&](const auto& a, const auto& b) { return urgency(a) < urgency(b); });
  for (const report::Item& item : items) {
    report::IssueRef issue = item.follow_up;
    if (issue.none() && item.issue) issue.known = "#" + std::to_string(*item.issue);
    report.recommendations.push_back({"Take up: " + item.title, std::move(issue)});
  }
  add_urgent_findings(report);
  if (!items.empty() && !report.type.empty() && report.type != "none") {
    report.recommendations.push_back(
        {"Type of session: " + report.type + ", as the one that this is left over from"});
  }
}

}  // namespace

Timestamp start_of(const Context& context, Timestamp completed_at) {
  // The clock may have been set back since.
  return std::min(context.session->state.started_at.value_or(completed_at), completed_at);
}

std::map<long, git::ObjectId> issues_closed_by_commits(const Context& context) {
  std::map<long, git::ObjectId> closed;
  for (const git::ObjectId& oid : session_commits(context)) {
    for (const long issue : issues_closed_in(context.repository().commit(oid).message))
      closed.emplace(issue, oid);
  }
  return closed;
}

records::SessionStats session_stats(const Context& context, Timestamp completed_at) {
  const session::StateFile& state = context.session->state;
  records::SessionStats stats;
  stats.session_id = context.session->id;
  stats.session_type = state.session_type;
  stats.platform = session::platform_name(context.workspace.platform_of_state());
  stats.branch = context.repository().head().branch.value_or("");
  stats.started_at = state.started_at.value_or(completed_at);
  stats.completed_at = completed_at;
  stats.paused = session::time_paused(context.session->pauses, nullptr, completed_at);
  stats.waves = state.waves;
  stats.total_waves = state.total_waves.value_or(static_cast<long>(state.waves.size()));
  stats.quality = quality(context);
  stats.files_changed = session_files(context).size();
  if (context.session->plan) {
    stats.planned = context.plan.items.size();
    for (const checks::ItemResult& item : context.plan.items) {
      if (item.status == ItemStatus::Done) ++stats.completed;
      if (item.status == ItemStatus::Partial || item.status == ItemStatus::NotStarted)
        ++stats.carryover;
    }
    stats.emergent = context.plan.emergent.size();
  } else {
    stats.planned = state.issues.size();
    const std::map<long, git::ObjectId> closed = issues_closed_by_commits(context);
    for (const long issue : state.issues)
      ++(closed.contains(issue) ? stats.completed : stats.carryover);
  }
  if (context.grounding) {
    const checks::Grounding& grounding = *context.grounding;
    stats.grounding = {grounding.planned, grounding.touched.size(), grounding.unplanned.size(),
                       grounding.untouched.size()};
  }
  if (context.discovery) stats.discovery = stats_to_record(context.discovery->stats);
  if (context.review) {
    const std::size_t total = context.review->findings.size();
    stats.review = {total, context.review->high_confidence, 0, total};
  }
  stats.events = context.events;
  if (const auto tested = tested_tree(context)) stats.tested_tree = tested->hex();
  if (context.isolation) stats.not_isolated = context.isolation->not_isolated;
  return stats;
}

report::Report session_report(const Context& context, const IssuePlan& issues,
                              Timestamp completed_at) {
  const session::StateFile& state = context.session->state;
  report::Report report;
  report.session = context.session->id;
  report.title = state.title;
  report.type = state.session_type;
  report.branch = context.repository().head().branch.value_or("");
  report.started_at = start_of(context, completed_at);
  report.completed_at = completed_at;
  report.paused = session::time_paused(context.session->pauses, nullptr, completed_at);
  report.commits_while_paused = context.session->not_own.while_paused;
  if (context.session->plan) {
    add_plan_items(context, issues, report);
  } else {
    add_issues_of_state(context, report);
  }
  for (std::size_t i = 0; i < issues.actions.size(); ++i) {
    const tracker::NewIssue& issue = issues.actions[i].task.issue;
    if (issues.actions[i].action == "create")
      report.new_issues.push_back({issues.reference_of(i), issue.title, issue.priority});
  }
  add_agents(context, report);
  add_lost_agents(context, issues, report);
  add_findings(context, 0, &issues, report);
  report.enforcement = enforcement_figure(context);
  add_gates(context, report);
  report.files_changed = session_files(context).size();
  if (context.workspace.config.flag("persistence")) {
    report.metrics_file = context.workspace.home.record(session::kSessionsRecord).bytes();
  }
  for (const LeftFile& left : context.staging.left) {
    report.left_alone.push_back(
        {left.path.quoted(), std::string(session::owner_name(left.owner)), left.reason});
  }
  report.docs_health = context.docs_health;
  report.deviations = state.deviations;
  report.docs_coverage = context.docs_coverage;
  report.warnings = context.session->warnings;
  report.warnings.insert(report.warnings.end(), context.report_warnings.begin(),
                         context.report_warnings.end());
  add_isolation(context, report);
  add_learnings(context, report);
  add_recommendations(context, report);
  return report;
}

}  // namespace gs::close
