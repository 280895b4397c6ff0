#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "formats/json.h"
#include "tracker/tracker.h"

namespace gs::tracker {

// Something that a session does to an issue. It may be asked for any number of times: what is done
// already is found by its marker and not done again.
struct Task {
  enum class Kind { Create, Close };
  Kind kind = Kind::Create;
  NewIssue issue = {};  // what to create; of one to close the session and a title for people
  long number = 0;      // to close
  std::string comment = {};
  Resolution resolution = Resolution::Completed;
};
// As the journal and the queue keep it.
[[nodiscard]] Json to_json(const Task& task);
// Absent when it is none.
[[nodiscard]] std::optional<Task> task_from_json(const Json& value);

struct Filed {
  // Created; Found: there already; Commented: on an open issue that says the same; Closed;
  // Unchanged: was closed and commented before; Missing: there is no such issue.
  enum class Outcome { Created, Found, Commented, Closed, Unchanged, Missing };
  Outcome outcome = Outcome::Created;
  long number = 0;
  std::string url = {};
  std::vector<std::string> remarks = {};
};

// Carries tasks out, each at most once in the tracker. Throws a TrackerError where it could not.
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

  Tracker& tracker_;
  std::optional<std::vector<Issue>> recent_;
};

enum class IssueState { Open, Closed, Unknown };
struct IssueStates {
  std::map<long, IssueState> of;  // every number that was asked for
  std::string trouble;            // why some are unknown; "" when none is, or does not exist
};
// "Is issue N closed?" for any number of issues: those that the newest issues do not answer are
// asked for one by one, at most 50 of them. Never throws for what the tracker does.
[[nodiscard]] IssueStates issue_states(Tracker& tracker, const std::vector<long>& numbers);

}  // namespace gs::tracker
