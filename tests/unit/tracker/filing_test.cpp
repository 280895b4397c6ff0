#include "tracker/filing.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tracker/issue.h"

namespace gs::tracker {
namespace {

// A tracker in memory, which counts what is written and can fail at one of the writes.
class Memory : public Tracker {
 public:
  [[nodiscard]] std::string_view name() const override { return "memory"; }
  [[nodiscard]] bool commits_close_issues() const override { return true; }
  Issue create(const NewIssue& issue, const std::string& milestone) override {
    Issue created;
    created.id = static_cast<long>(issues.size()) + 1;
    created.title = issue.title;
    created.labels = issue.labels;
    created.body = with_marker(issue.body, marker(issue));
    created.milestone = milestone;
    issues.push_back(created);
    wrote();
    return created;
  }
  void comment(long id, const std::string& text) override {
    at(id).comments.push_back(text);
    wrote();
  }
  void close(long id, Resolution) override {
    at(id).open = false;
    wrote();
  }
  void set_labels(long id, const std::vector<std::string>& add,
                  const std::vector<std::string>& remove) override {
    if (add.empty() && remove.empty()) return;
    if (!takes_labels) throw TrackerError(Trouble::Refused, refused("memory: no labels"));
    std::vector<std::string>& labels = at(id).labels;
    for (const std::string& label : remove) std::erase(labels, label);
    labels.insert(labels.end(), add.begin(), add.end());
    wrote();
  }
  [[nodiscard]] std::vector<Issue> list(const Filter& filter) override {
    ++lists;
    if (unreachable) throw TrackerError(Trouble::Offline, refused("memory: no connection"));
    if (!filter.title.empty() && !searchable)
      throw TrackerError(Trouble::Refused, refused("memory: no search"));
    std::vector<Issue> found(issues.rbegin(), issues.rend());
    std::erase_if(found, [&](const Issue& issue) {
      return issue.title.find(filter.title) == std::string::npos;
    });
    if (found.size() > filter.limit) found.resize(filter.limit);
    for (Issue& issue : found) issue.comments.clear();
    return found;
  }
  [[nodiscard]] std::optional<Issue> find(long id) override {
    if (unreachable) throw TrackerError(Trouble::Offline, refused("memory: no connection"));
    ++finds;
    if (id < 1 || id > static_cast<long>(issues.size())) return std::nullopt;
    return at(id);
  }
  Issue& at(long id) { return issues[static_cast<std::size_t>(id) - 1]; }
  long open(const std::string& title, std::vector<std::string> labels = {}) {
    Issue issue;
    issue.id = static_cast<long>(issues.size()) + 1;
    issue.title = title;
    issue.labels = std::move(labels);
    issues.push_back(issue);
    return issue.id;
  }

  std::vector<Issue> issues;
  int fails_at = 0;  // the write after which the connection breaks; 0: none
  int writes = 0;
  int lists = 0;
  int finds = 0;
  bool searchable = true;
  bool unreachable = false;
  bool takes_labels = true;

 private:
  void wrote() {
    if (++writes == fails_at) throw TrackerError(Trouble::TimedOut, refused("memory: too slow"));
  }
};

Task left_over(const std::string& title, const std::string& session = "s-1") {
  Task task;
  task.issue = {
      carryover_title(title), "What is left.", {"status:ready"}, "high", session, "carryover"};
  return task;
}
Task done(long number) {
  Task task;
  task.kind = Task::Kind::Close;
  task.number = number;
  task.comment = "Done.";
  task.issue.session = "s-1";
  return task;
}
using Outcome = Filed::Outcome;

TEST_CASE("a task is carried out once, whichever of its writes the connection broke at") {
  for (int broken = 0; broken <= 4; ++broken) {
    for (const bool searchable : {true, false}) {
      CAPTURE(broken);
      Memory memory;
      const long work = memory.open("Work", {"status:in-progress", "type:bug"});
      const long open = memory.open("Open", {"status:in-progress"});
      memory.at(open).milestone = "v1";
      memory.fails_at = broken;
      memory.searchable = searchable;
      Task carried = left_over("Open");
      carried.issue.continues = open;
      for (const Task& task : {done(work), carried}) {
        for (int attempt = 0; attempt < 3; ++attempt) {
          Filing filing(memory);
          try {
            (void)filing.carry_out(task);
          } catch (const TrackerError&) {
            memory.fails_at = 0;
          }
        }
      }
      REQUIRE(memory.issues.size() == 3);
      CHECK_FALSE(memory.at(work).open);
      CHECK(memory.at(work).comments.size() == 1);
      CHECK(memory.at(work).labels == std::vector<std::string>{"type:bug"});
      CHECK(memory.at(open).labels == std::vector<std::string>{"status:ready"});
      CHECK(memory.at(3).milestone == "v1");
    }
  }
}

TEST_CASE("what was filed is filed, though a label could not be set") {
  Memory tracker;
  tracker.takes_labels = false;
  const long before = tracker.open("Upload", {"status:in-progress"});
  Task task = left_over("Upload");
  task.issue.continues = before;
  Filing filing(tracker);
  const Filed filed = filing.carry_out(task);
  CHECK(filed.outcome == Filed::Outcome::Created);
  CHECK(filed.number == before + 1);
  CHECK(filed.remarks ==
        std::vector<std::string>{"the labels of #1 could not be set: memory: no labels"});
  const Filed closed = filing.carry_out(done(before));
  CHECK(closed.outcome == Filed::Outcome::Closed);
  CHECK(closed.remarks.size() == 1);
  CHECK_FALSE(tracker.at(before).open);
}

TEST_CASE("an open issue of an earlier session with the same title gets a comment, once") {
  Memory memory;
  CHECK(Filing(memory).carry_out(left_over("Retry")).outcome == Outcome::Created);
  for (int i = 0; i < 2; ++i) {
    const Filed filed = Filing(memory).carry_out(left_over("Retry", "s-2"));
    CHECK(filed.outcome == Outcome::Commented);
    CHECK(filed.number == 1);
  }
  CHECK(memory.at(1).comments.size() == 1);
  memory.at(1).open = false;
  CHECK(Filing(memory).carry_out(left_over("Retry", "s-3")).outcome == Outcome::Created);
}

TEST_CASE("what the first session filed is found again, also when it was closed since") {
  Memory memory;
  (void)Filing(memory).carry_out(left_over("Retry"));
  memory.at(1).open = false;
  CHECK(Filing(memory).carry_out(left_over("Retry")).outcome == Outcome::Found);
  CHECK(memory.issues.size() == 1);
}

TEST_CASE("the newest issues are listed once for all tasks") {
  Memory memory;
  Filing filing(memory);
  (void)filing.carry_out(left_over("One"));
  (void)filing.carry_out(left_over("Two"));
  CHECK(memory.lists == 3);
  CHECK(filing.carry_out(left_over("Two")).outcome == Outcome::Found);
}

TEST_CASE("an issue that a pushed commit closed still gets its evidence") {
  Memory memory;
  const long work = memory.open("Work");
  memory.at(work).open = false;
  CHECK(Filing(memory).carry_out(done(work)).outcome == Outcome::Closed);
  CHECK(Filing(memory).carry_out(done(work)).outcome == Outcome::Unchanged);
  CHECK(memory.at(work).comments.size() == 1);
  CHECK(Filing(memory).carry_out(done(99)).outcome == Outcome::Missing);
}

TEST_CASE("a task survives being written down") {
  Task task = left_over("Retry \"it\"\n");
  task.issue.continues = 12;
  Task closing = done(7);
  closing.resolution = Resolution::NotPlanned;
  for (const Task& each : {task, closing}) {
    const auto read = task_from_json(to_json(each));
    REQUIRE(read);
    CHECK(to_json(*read) == to_json(each));
  }
  for (const char* text :
       {"{}", "[]", "{\"action\":\"close\"}", "{\"action\":\"close\",\"reference\":\"x\"}",
        "{\"action\":\"create\"}", "{\"action\":\"drop\",\"title\":\"x\"}"}) {
    CHECK_FALSE(task_from_json(formats::parse_json(text, "test")));
  }
}

TEST_CASE("is issue N closed: open, closed, or nobody knows") {
  Memory memory;
  const long open = memory.open("Open");
  const long closed = memory.open("Closed");
  memory.at(closed).open = false;
  IssueStates states = issue_states(memory, {open, closed, 99, open});
  CHECK(states.of.size() == 3);
  CHECK(states.of.at(open) == IssueState::Open);
  CHECK(states.of.at(closed) == IssueState::Closed);
  CHECK(states.of.at(99) == IssueState::Unknown);
  CHECK(states.trouble.empty());
  memory.finds = 0;
  for (int i = 0; i < 20; ++i) (void)memory.open("More");
  std::vector<long> many;
  for (long number = 1; number <= 22; ++number) many.push_back(number);
  states = issue_states(memory, many);
  CHECK(memory.finds == 0);
  CHECK(states.of.at(closed) == IssueState::Closed);
  memory.unreachable = true;
  states = issue_states(memory, {open});
  CHECK(states.of.at(open) == IssueState::Unknown);
  CHECK(states.trouble == "memory: no connection");
}

TEST_CASE("a finding becomes an issue by the template") {
  session::Finding finding;
  finding.source = "secrets";
  finding.severity = session::Severity::Critical;
  finding.confidence = 95;
  finding.file = "src/a.c";
  finding.line = 12;
  finding.title = std::string(100, 'x');
  finding.recommendation = "take it out";
  const NewIssue issue = discovery_issue(finding, "s-1");
  CHECK(issue.title.starts_with("[Discovery] xxx"));
  CHECK(issue.title == discovery_title(finding.title));
  CHECK(issue.title.ends_with("x\u2026"));
  CHECK(issue.body ==
        "**Probe:** secrets\n**File:** src/a.c:12\n**Severity:** critical\n**Confidence:** 95%\n"
        "**Recommendation:** take it out\n");
  CHECK(issue.labels ==
        std::vector<std::string>{"type:discovery", "priority:critical", "status:ready"});
}

}  // namespace
}  // namespace gs::tracker
