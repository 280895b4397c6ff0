#include "tracker/filing.h"

#include <algorithm>
#include <iterator>

#include "tracker/client.h"
#include "tracker/issue.h"

namespace gs::tracker {
namespace {

constexpr std::size_t kMostAsked = 50;

}  // namespace

Json to_json(const Task& task) {
  const NewIssue& issue = task.issue;
  const bool creates = task.kind == Task::Kind::Create;
  return {{"action", creates ? "create" : "close"},
          {"session", issue.session},
          {"reference", creates ? Json() : Json("#" + std::to_string(task.number))},
          {"title", issue.title},
          {"priority", text_or_null(issue.priority)},
          {"reason", creates ? issue.body : task.comment},
          {"labels", issue.labels},
          {"origin", issue.origin},
          {"continues", or_null(issue.continues)},
          {"not_planned", task.resolution == Resolution::NotPlanned}};
}

std::optional<Task> task_from_json(const Json& value) {
  Task task;
  task.issue.session = json_text(value, "session");
  task.issue.title = json_text(value, "title");
  task.issue.priority = json_text(value, "priority");
  const std::string action = json_text(value, "action");
  if (action == "close") {
    task.kind = Task::Kind::Close;
    task.comment = json_text(value, "reason");
    if (value.value("not_planned", Json()) == Json(true)) task.resolution = Resolution::NotPlanned;
    task.number =
        created_number("/issues/" + json_text(value, "reference").erase(0, 1)).value_or(0);
    return task.number > 0 ? std::optional(task) : std::nullopt;
  }
  if (action != "create" || task.issue.title.empty()) return std::nullopt;
  task.issue.body = json_text(value, "reason");
  task.issue.origin = json_text(value, "origin");
  for (const Json& label : value.value("labels", Json::array()))
    if (label.is_string()) task.issue.labels.push_back(label.get<std::string>());
  if (const auto issue = value.value("continues", Json()).integer()) task.issue.continues = *issue;
  return task;
}

Filed Filing::carry_out(const Task& task) {
  Filed filed = task.kind == Task::Kind::Create ? create(task) : close(task);
  filed.remarks = tracker_.take_remarks();
  std::move(remarks_.begin(), remarks_.end(), std::back_inserter(filed.remarks));
  remarks_.clear();
  return filed;
}

std::optional<Issue> Filing::marked(const std::vector<Issue>& issues,
                                    const std::string& mark) const {
  const auto found = std::find_if(issues.begin(), issues.end(),
                                  [&](const Issue& issue) { return bears(issue, mark); });
  return found == issues.end() ? std::nullopt : std::optional(*found);
}

// An open issue filed by an earlier session for the same thing.
std::optional<Issue> Filing::said_before(const std::vector<Issue>& issues,
                                         const NewIssue& issue) const {
  const auto found = std::find_if(issues.begin(), issues.end(), [&](const Issue& known) {
    return known.open && known.title == issue.title;
  });
  return found == issues.end() ? std::nullopt : std::optional(*found);
}

// A task that continues elsewhere is no longer in progress: an issue with a status label gets
// "status:ready".
void Filing::make_ready(const Issue& issue) {
  std::vector<std::string> stale = status_labels(issue.labels);
  const auto ready = std::find(stale.begin(), stale.end(), kReady);
  const bool is_ready = ready != stale.end();
  if (is_ready) stale.erase(ready);
  if (stale.empty()) return;
  std::vector<std::string> add;
  if (!is_ready) add.emplace_back(kReady);
  tracker_.set_labels(issue.id, add, stale);
}

// A label that could not be set does not take back what was filed.
void Filing::try_to(const std::function<void()>& change_labels, long number) {
  try {
    change_labels();
  } catch (const TrackerError& error) {
    if (stops_everything(error.trouble())) throw;  // carried out again later
    remarks_.push_back("the labels of #" + std::to_string(number) +
                       " could not be set: " + error.message());
  }
}

void Filing::try_to_make_ready(const Issue& issue) {
  try_to([&] { make_ready(issue); }, issue.id);
}

// If the host cannot search, the newest issues have to suffice.
std::vector<Issue> Filing::with_title(const std::string& title) {
  try {
    return tracker_.list({Filter::State::All, title, 100});
  } catch (const TrackerError& error) {
    if (stops_everything(error.trouble())) throw;
    return {};
  }
}

Filed Filing::create(const Task& task) {
  const NewIssue& issue = task.issue;
  const std::string mark = marker(issue);
  std::optional<Issue> continued;
  if (issue.continues) continued = tracker_.find(*issue.continues);
  const auto finish = [&](Filed filed) {
    if (continued && continued->open && continued->id != filed.number)
      try_to_make_ready(*continued);
    return filed;
  };
  // A search lags behind by minutes, so the newest issues are listed; older ones are found by
  // title.
  if (!recent_) recent_ = tracker_.list({Filter::State::All, "", 100});
  std::vector<Issue> known = *recent_;
  if (continued) known.push_back(*continued);
  if (const auto found = marked(known, mark))
    return finish({Filed::Outcome::Found, found->id, found->url});
  std::vector<Issue> alike = with_title(issue.title);
  if (const auto found = marked(alike, mark))
    return finish({Filed::Outcome::Found, found->id, found->url});
  std::move(known.begin(), known.end(), std::back_inserter(alike));
  if (const auto same = said_before(alike, issue)) {
    const std::optional<Issue> whole = tracker_.find(same->id);
    if (whole && bears(*whole, mark))
      return finish({Filed::Outcome::Commented, whole->id, whole->url});
    tracker_.comment(same->id, with_marker(issue.body, mark));
    try_to_make_ready(*same);
    return finish({Filed::Outcome::Commented, same->id, same->url});
  }
  const Issue created = tracker_.create(issue, continued ? continued->milestone : "");
  recent_->insert(recent_->begin(), created);
  return finish({Filed::Outcome::Created, created.id, created.url});
}

Filed Filing::close(const Task& task) {
  const std::optional<Issue> issue = tracker_.find(task.number);
  if (!issue) return {Filed::Outcome::Missing, task.number};
  Filed filed{Filed::Outcome::Unchanged, issue->id, issue->url};
  if (!issue->open && !tracker_.commits_close_issues()) return filed;
  const std::string mark = comment_marker(task.issue.session, "close", task.number);
  if (!task.comment.empty() && !bears(*issue, mark)) {
    tracker_.comment(task.number, with_marker(task.comment, mark));
    filed.outcome = Filed::Outcome::Closed;
  }
  if (issue->open) {
    tracker_.close(task.number, task.resolution);
    filed.outcome = Filed::Outcome::Closed;
  }
  try_to([&] { tracker_.set_labels(task.number, {}, status_labels(issue->labels)); }, task.number);
  return filed;
}

IssueStates issue_states(Tracker& tracker, const std::vector<long>& numbers) {
  IssueStates states;
  for (const long number : numbers) states.of[number] = IssueState::Unknown;
  if (states.of.empty()) return states;
  const auto note = [&states](const Issue& issue) {
    const auto asked = states.of.find(issue.id);
    if (asked != states.of.end())
      asked->second = issue.open ? IssueState::Open : IssueState::Closed;
  };
  try {
    if (states.of.size() > 3) {
      for (const Issue& issue : tracker.list({Filter::State::All, "", 100})) note(issue);
    }
    std::size_t asked = 0;
    for (const auto& [number, state] : states.of) {
      if (state != IssueState::Unknown) continue;
      if (++asked > kMostAsked) {
        states.trouble = "more issues than are asked for one by one";
        break;
      }
      if (const std::optional<Issue> issue = tracker.find(number)) note(*issue);
    }
  } catch (const TrackerError& error) {
    states.trouble = error.message();
  }
  return states;
}

}  // namespace gs::tracker
