#include <algorithm>
#include <map>
#include <set>

#include "base/file/file.h"
#include "base/text.h"
#include "checks/discovery.h"
#include "checks/lines/probes.h"
#include "close/issues/issue_states.h"
#include "close/look/external_tool.h"
#include "close/look/session_changes.h"
#include "close/look/trust.h"
#include "close/phases/phases.h"

namespace gs::close {

namespace {

using checks::Category;
using session::Finding;
using session::Severity;

constexpr std::size_t kCodeProbes =
    5;  // secrets, conflict markers, debug artifacts, annotations, tests
constexpr std::size_t kInfraProbes = 1;    // binaries
constexpr std::size_t kSessionProbes = 3;  // claims of messages, gaps, closed issues

// Places where an issue is named.
struct Reference {
  std::string file;
  std::size_t line = 0;
  std::string what;
};
using References = std::multimap<long, Reference>;

bool is_binary(const Context& context, const RepoPath& path) {
  const auto content = context.repository().files().read(path, FileLimit::Large);
  return content && std::string_view(*content).substr(0, 8000).find('\0') != std::string::npos;
}

// A file that a filter (Git LFS) stores in another form is small enough there.
void probe_binary(Context& context, const session::Change& change, checks::Discovery& discovery) {
  constexpr std::uint64_t kWorthALook = 1U << 20U;
  const auto info = context.repository().files().info(change.path);
  if (!info || info->size < kWorthALook || !change.worktree.is_file()) return;
  const bool grew =
      !change.base.is_file() || context.repository().blob_size(change.base.oid) < info->size;
  const bool stored_as_is =
      grew && is_binary(context, change.path) &&
      git::Repository::hash_blob(
          context.repository().files().read(change.path, FileLimit::Large).value_or("")) ==
          change.worktree.oid;
  if (stored_as_is) discovery.probe_binary(change.path.bytes(), info->size);
}

void probe_files(Context& context, checks::Discovery& discovery, References& references) {
  for (const session::Change& change : context.changes) {
    if (discovery.wants(Category::Code)) {
      const AddedLines::Lines lines = context.added_lines.of_worktree(
          context.repository(), change.path, change.base, change.worktree);
      for (const checks::IssueReference& reference :
           discovery.probe_lines(change.path.bytes(), lines->lines)) {
        references.emplace(reference.issue,
                           Reference{change.path.bytes(), reference.line, "an annotation"});
      }
    }
    if (discovery.wants(Category::Infra)) probe_binary(context, change, discovery);
  }
}

void probe_commits(const Context& context, checks::Discovery& discovery) {
  const git::Repository& repository = context.repository();
  for (const git::ObjectId& oid : session_commits(context)) {
    const git::Commit commit = repository.commit(oid);
    if (commit.parents.size() > 1) continue;
    const git::ObjectId before = commit.parents.empty()
                                     ? git::Repository::empty_tree()
                                     : repository.commit(commit.parents.front()).tree;
    checks::CommitFacts facts{oid.abbreviated(), commit.message, {}, {}};
    for (const git::TreeDiffEntry& entry : repository.diff_trees(before, commit.tree)) {
      facts.touched.push_back(entry.path.bytes());
    }
    facts.is_in_tree = [&](const std::string& path) {
      return repository.tree_entry(commit.tree, RepoPath(path)).present();
    };
    for (Finding& finding : checks::check_claims(facts)) {
      discovery.add(Category::Session, std::move(finding));
    }
  }
}

void probe_plan(const Context& context, checks::Discovery& discovery, References& references) {
  if (!context.session->plan) {
    for (const long issue : context.session->state.issues) {
      references.emplace(issue, Reference{"", 0, "the session"});
    }
    return;
  }
  for (const checks::ItemResult& result : context.plan.items) {
    const session::PlanItem& item = context.session->plan->items[result.index];
    const bool gap = result.status == checks::ItemStatus::NotStarted ||
                     result.status == checks::ItemStatus::Partial;
    if (item.issue && result.status != checks::ItemStatus::Dropped) {
      references.emplace(*item.issue, Reference{"", 0, "plan item '" + item.title + "'"});
    }
    if (!gap || item.why) continue;  // its reason is in the plan
    discovery.add(Category::Session,
                  {.source = "plan-gap",
                   .title = "planned, " + std::string(checks::item_status_name(result.status)) +
                            ", and the plan does not say why: " + item.title,
                   .detail = result.evidence,
                   .recommendation = "finish it, or say why under 'why' in the plan",
                   .is_elsewhere = true});
  }
}

// In the tracker in use. Returns why it could not answer.
std::string probe_closed_issues(const Context& context, const References& references,
                                checks::Discovery& discovery) {
  if (references.empty()) return "";
  const IssueLookup lookup = issue_lookup(context);
  if (!lookup.state_of) return "";
  std::map<long, checks::IssueState> known;
  for (const auto& [number, reference] : references) {
    const auto found = known.find(number);
    const checks::IssueState state =
        found != known.end() ? found->second : (known[number] = lookup.state_of(number));
    if (state != checks::IssueState::Closed) continue;
    discovery.add(Category::Session, {.source = "closed-issue",
                                      .file = reference.file,
                                      .line = reference.line,
                                      .title = reference.what + " names issue #" +
                                               std::to_string(number) + ", which is closed",
                                      .recommendation = "reopen it, or name the right one"});
  }
  return *lookup.trouble;
}

checks::DiscoverySettings discovery_settings(const Context& context) {
  const config::SessionConfig& config = context.workspace.config;
  checks::DiscoverySettings settings;
  settings.probes = config.list("discovery-probes");
  for (std::string& pattern : config.list("discovery-exclude-paths")) {
    settings.exclude.emplace_back(std::move(pattern));
  }
  settings.least_severity =
      session::severity_named(config.required_text("discovery-severity-threshold"))
          .value_or(Severity::Low);
  settings.least_confidence = static_cast<int>(config.integer("discovery-confidence-threshold"));
  return settings;
}

// Every built-in probe over what the session changed: added lines, binaries, commit messages, the
// plan and the issues. Returns what could not be looked up.
std::string run_probes(Context& context, checks::Discovery& discovery) {
  References references;
  if (discovery.wants(Category::Code)) discovery.count_probes(kCodeProbes);
  if (discovery.wants(Category::Infra)) discovery.count_probes(kInfraProbes);
  probe_files(context, discovery, references);
  if (!discovery.wants(Category::Session)) return "";
  discovery.count_probes(kSessionProbes);
  probe_commits(context, discovery);
  probe_plan(context, discovery, references);
  return probe_closed_issues(context, references, discovery);
}

// Adds what the configured program finds; failures go to `problem`. False: interrupted.
bool ask_program(Context& context, checks::Discovery& discovery, std::string& problem) {
  const std::optional<std::string> command = tool_command(context, "discovery-command");
  if (!command) return true;
  if (!is_trusted(context)) {
    problem = "discovery-command: not trusted";
    return true;
  }
  const checks::ToolAnswer answer =
      ask_external_tool(context, "discovery-command", *command, {"findings", "stats"});
  if (answer.interrupted) return false;
  if (!answer.value) {
    problem = "discovery-command: " + answer.problem;
    return true;
  }
  const checks::ToolFindings findings =
      checks::read_findings(answer.value->value("findings", Json()), "discovery-command");
  if (findings.malformed > 0) {
    problem = "discovery-command: " + std::to_string(findings.malformed) +
              " of its findings could not be read";
  }
  discovery.add(findings, *answer.value);
  return true;
}

std::string summarize(const std::vector<session::Finding>& findings) {
  std::size_t counts[4] = {0, 0, 0, 0};
  for (const session::Finding& finding : findings) {
    ++counts[static_cast<std::size_t>(finding.severity)];
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < 4; ++i) {
    if (counts[i] == 0) continue;
    parts.push_back(std::to_string(counts[i]) + " " +
                    std::string(session::severity_name(static_cast<session::Severity>(i))));
  }
  const std::string total = plural(findings.size(), "finding");
  return parts.empty() ? total : total + ": " + join(parts, ", ");
}

PhaseResult look_discovery(Context& context) {
  if (!context.workspace.config.flag("discovery-on-close")) {
    return skip("discovery-on-close is off");
  }
  checks::Discovery discovery(discovery_settings(context));
  const std::string unanswered = run_probes(context, discovery);
  std::string problem;
  if (!ask_program(context, discovery, problem)) {
    context.stop = Stop::Interrupted;
    return block("interrupted");
  }
  context.discovery = Discovered{discovery.findings(), {}};
  context.discovery->stats = discovery.stats();

  PhaseResult result = context.discovery->findings.empty() ? ok("") : warn("");
  result.findings = context.discovery->findings;
  result.summary = summarize(result.findings);
  if (!unanswered.empty()) {
    result.summary += "; issues not looked up: " + unanswered;
    add_problem(result, "discovery", "issues not looked up: " + unanswered);
  }
  if (!problem.empty()) {
    result.summary += "; " + problem;
    add_problem(result, "discovery", problem, "run it by hand to see what it says");
  }
  return result;
}

}  // namespace

const Phase kDiscovery{
    .id = "discovery",
    .title = "Discovery",
    .look = look_discovery,
    .does = R"(built-in probes on the lines that the session added, its binaries, its commit
messages and its plan, and the findings of `discovery-command`; thresholds and excluded paths
apply; critical and high findings become issues)",
    .skipped_when = R"(`discovery-on-close` is off)",
    .blocks_when = R"(never; a program that fails is a warning)",
    .shown = Shown::UnlessOk,
};

}  // namespace gs::close
