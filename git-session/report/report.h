#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "formats/json.h"
#include "report/style.h"

namespace gs::report {

// An issue that is or will be filed.
struct IssueRef {
  std::string known = {};  // "#12", or "queued"; "" for none
  // For one that will be filed: its index among those of the close.
  std::optional<std::size_t> planned = {};

  [[nodiscard]] bool none() const { return known.empty() && !planned; }
  [[nodiscard]] std::string name() const { return planned ? "to be filed" : known; }
};

struct Item {
  std::optional<long> issue;
  std::string title;
  std::string evidence;     // completed: the proof; carried over: what is left
  IssueRef follow_up = {};  // carried over: the issue that continues it
  std::string status = {};  // done, dropped, partial, not-started, open
};
struct NewIssue {
  IssueRef reference;
  std::string title;
  std::string priority;
};
struct WaveLine {
  long number = 0;
  std::string role;
  std::size_t agents = 0;
  std::string files;          // "4", "n/a"
  std::string duration = {};  // "12 min 05 s"; "" if not measured
  bool skipped = false;
};
struct AgentTotals {
  std::size_t total = 0, complete = 0, partial = 0, failed = 0, spiral = 0;
};
struct GateLine {
  std::string name;     // test, typecheck, lint
  std::string outcome;  // passed, failed, skipped, …
  std::string detail;   // "12 passed in 3.1 s", why it was skipped
};
struct CommitLine {
  std::string oid;  // full
  std::string subject;
  std::size_t files = 0;
  std::string hooks = {};  // what they did to it; "" for nothing
};
struct FindingLine {
  std::string severity;
  std::string source;  // the check: "annotation", "review", …
  std::string place;   // "src/a.cpp:12"; "" if none
  std::string title;
  IssueRef issue = {};  // an open one that got a comment about it
};
struct LeftAlone {
  std::string path;   // as from RepoPath::quoted()
  std::string owner;  // foreign, mixed, contested, unclaimed
  std::string reason;
};

struct DocsTaskLine {
  std::string id, audience, target;
  std::string wave;    // "" if unknown
  std::string status;  // ok, partial, gap
  std::string note;    // why it is not ok
};
struct DocsCoverage {
  std::string mode;  // warn, strict
  std::vector<DocsTaskLine> tasks;
};

struct Recommendation {
  std::string text;
  IssueRef issue = {};  // the issue it is about
};

// The final report's data; renderers compute nothing.
struct Report {
  std::string session, title, type, branch;
  Timestamp started_at, completed_at;
  std::chrono::milliseconds paused{0};   // in between; not part of its duration
  std::size_t commits_while_paused = 0;  // on its branch, and none of its work
  std::vector<Item> completed;
  std::vector<Item> carried_over;
  std::vector<NewIssue> new_issues;
  std::vector<FindingLine> findings;  // the worst first; not those that became a new issue
  std::vector<WaveLine> waves;
  std::optional<AgentTotals> agents;  // absent: no wave history
  std::size_t files_changed = 0;
  std::vector<GateLine> gates;
  std::optional<std::size_t> tests_passed, tests_failed;
  std::string tested_tree;                // the gates ran in a checkout of it; "": in the work tree
  std::vector<std::string> not_isolated;  // why nothing is claimed of such a checkout
  std::vector<CommitLine> commits;
  std::string push;          // "3 commits pushed to origin/main", "not pushed: …"
  std::string mirror;        // "synced to github", "skipped (not configured)", "failed: …"
  std::string request;       // "pull request #12: https://…"; "": none was asked for
  std::string docs_health;   // "clean (mode=warn)", "skipped (disabled)"; "": not measured
  std::string enforcement;   // "2 violations blocked, 1 warning"; "": not measured
  std::string learnings;     // "2 new, 1 confirmed"; "": not measured
  std::string metrics_file;  // "" if none was written
  std::optional<DocsCoverage> docs_coverage;  // absent: no docs task was verified
  std::vector<LeftAlone> left_alone;
  std::vector<std::string> deviations;
  std::vector<std::string> warnings;
  std::vector<Recommendation> recommendations;
};

// Without what it was paused; never negative.
[[nodiscard]] std::chrono::milliseconds duration_of(const Report& report);

[[nodiscard]] Json to_json(const Report& report);
[[nodiscard]] std::optional<Report> report_from_json(const Json& value);

// For a terminal of `columns` columns.
[[nodiscard]] std::string render_text(const Report& report, Colour colour, std::size_t columns);
// The same sections as Markdown ("## Session Summary", "### Completed", …).
[[nodiscard]] std::string render_markdown(const Report& report);

}  // namespace gs::report
