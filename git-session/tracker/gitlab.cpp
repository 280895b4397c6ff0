#include "tracker/hosted.h"

#include <algorithm>

#include "base/text.h"

namespace gs::tracker {
namespace {

constexpr std::size_t kPageLimit = 100;  // GitLab's own

}  // namespace

Issue GitLab::create(const NewIssue& issue, const std::string& milestone) {
  Issue created;
  created.title = issue.title;
  created.labels = issue.labels;
  created.priority = issue.priority;
  created.body = with_marker(issue.body, marker(issue));
  created.milestone = milestone;
  const auto command = [&] {
    std::vector<std::string> words{"issue",     "create",        "--title",
                                   issue.title, "--description", created.body};
    // GitLab creates missing labels.
    for (const std::string& label : issue.labels) {
      words.emplace_back("--label");
      words.push_back(label_argument(label));
    }
    if (!created.milestone.empty()) {
      words.emplace_back("--milestone");
      words.push_back(created.milestone);
    }
    words.emplace_back("--yes");
    return words;
  };
  std::string output;
  try {
    output = client_.run(command());
  } catch (const TrackerError& error) {
    const bool about = to_lower(error.message()).find("milestone") != std::string::npos;
    if (milestone.empty() || !about || stops_everything(error.trouble())) throw;
    remark("without milestone '" + milestone + "': " + error.message());
    created.milestone.clear();
    output = client_.run(command());
  }
  const std::optional<long> number = created_number(output);
  if (!number) throw client_.bad_answer("'issue create' printed no issue's address");
  created.id = *number;
  created.url = std::string(trim(split_lines(trim(output)).back()));
  return created;
}

void GitLab::comment(long id, const std::string& text) {
  (void)client_.run({"issue", "note", std::to_string(id), "--message", text});
}

// GitLab has a single kind of closed.
void GitLab::close(long id, Resolution) {
  (void)client_.run({"issue", "close", std::to_string(id)});
}

void GitLab::set_labels(long id, const std::vector<std::string>& add,
                        const std::vector<std::string>& remove) {
  if (add.empty() && remove.empty()) return;
  std::vector<std::string> words{"issue", "update", std::to_string(id)};
  for (const std::string& label : add) {
    words.emplace_back("--label");
    words.push_back(label_argument(label));
  }
  for (const std::string& label : remove) {
    words.emplace_back("--unlabel");
    words.push_back(label_argument(label));
  }
  (void)client_.run(words);
}

Issue GitLab::issue_of(const Json& object) const {
  const auto number = object.is_object() ? object.value("iid", Json()).integer() : std::nullopt;
  if (!number) throw client_.bad_answer("an issue without a number");
  Issue issue;
  issue.id = *number;
  issue.title = json_text(object, "title");
  issue.body = json_text(object, "description");
  issue.open = json_text(object, "state") == "opened";
  issue.url = json_text(object, "web_url");
  issue.milestone = json_text(object.value("milestone", Json()), "title");
  for (const Json& label : object.value("labels", Json()))
    if (label.is_string()) issue.labels.push_back(label.get<std::string>());
  issue.priority = priority_of(issue.labels);
  for (const Json& note : object.value("Notes", Json()))
    issue.comments.push_back(json_text(note, "body"));
  return issue;
}

std::vector<Issue> GitLab::list(const Filter& filter) {
  std::vector<std::string> words{"issue",      "list",
                                 "--output",   "json",
                                 "--per-page", std::to_string(std::min(filter.limit, kPageLimit))};
  if (filter.state == Filter::State::All) words.emplace_back("--all");
  if (!filter.title.empty()) {
    std::string title = filter.title;
    if (title.ends_with("…")) title.resize(title.size() - std::string_view("…").size());
    words.insert(words.end(), {"--search", std::string(trim(title)), "--in", "title"});
  }
  std::vector<Issue> issues;
  for (std::size_t page = 1; issues.size() < filter.limit; ++page) {
    std::vector<std::string> paged = words;
    if (page > 1) paged.insert(paged.end(), {"--page", std::to_string(page)});
    const Json answer = client_.ask(paged);
    if (!answer.is_array() && !answer.is_null()) throw client_.bad_answer("no list of issues");
    for (const Json& object : answer) issues.push_back(issue_of(object));
    if (answer.size() < kPageLimit) break;
  }
  return issues;
}

std::optional<Issue> GitLab::find(long id) {
  try {
    return issue_of(client_.ask({"issue", "view", std::to_string(id), "--comments", "--per-page",
                                 std::to_string(kPageLimit), "--output", "json"}));
  } catch (const TrackerError& error) {
    if (error.trouble() == Trouble::NotFound) return std::nullopt;
    throw;
  }
}

}  // namespace gs::tracker
