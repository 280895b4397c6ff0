#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/json.h"
#include "tracker/tracker.h"

namespace gs::tracker {

// Something that a session does to an issue. Idempotent: what is already done is found by its
// marker and not repeated.
struct Task {
  enum class Kind { Create, Close };
  Kind kind = Kind::Create;
  NewIssue issue = {};  // what to create; for an issue to close, the session and a title for people
  long number = 0;      // to close
  std::string comment = {};
  Resolution resolution = Resolution::Completed;
};
// As stored in the journal and the queue.
[[nodiscard]] Json to_json(const Task& task);
// Absent if it is not a task.
[[nodiscard]] std::optional<Task> task_from_json(const Json& value);

struct Filed {
  // Created; Found: already there; Commented: on an open issue for the same thing; Closed;
  // Unchanged: already closed and commented; Missing: no such issue.
  enum class Outcome { Created, Found, Commented, Closed, Unchanged, Missing };
  Outcome outcome = Outcome::Created;
  long number = 0;
  std::string url = {};
  std::vector<std::string> remarks = {};
};

// Executes tasks, each at most once in the tracker. Throws a TrackerError if it fails.
class Filing {
 public:
  explicit Filing(Tracker& tracker) : tracker_(tracker) {}
  Filed carry_out(const Task& task);

 private:
  Filed create(const Task& task);
  Filed close(const Task& task);
  [[nodiscard]] std::optional<Issue> marked(const std::vector<Issue>& issues,
                                            const std::string& mark) const;
  [[nodiscard]] std::optional<Issue> said_before(const std::vector<Issue>& issues,
                                                 const NewIssue& issue) const;
  [[nodiscard]] std::vector<Issue> with_title(const std::string& title);
  void make_ready(const Issue& issue);
  void try_to_make_ready(const Issue& issue);
  void try_to(const std::function<void()>& change_labels, long number);

  Tracker& tracker_;
  std::vector<std::string> remarks_;  // of the task that is carried out
  std::optional<std::vector<Issue>> recent_;
};

enum class IssueState { Open, Closed, Unknown };
struct IssueStates {
  std::map<long, IssueState> of;  // every requested number
  std::string trouble;            // why some are unknown; "" if none is, or it does not exist
};
// The states of any number of issues: those not among the newest issues are queried one by one, at
// most 50 of them. Never throws for trouble with the tracker.
[[nodiscard]] IssueStates issue_states(Tracker& tracker, const std::vector<long>& numbers);

}  // namespace gs::tracker
