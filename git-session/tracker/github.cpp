#include "tracker/hosted.h"

#include <algorithm>

#include "base/text.h"

namespace gs::tracker {
namespace {

constexpr const char* kFields = "number,title,body,state,labels,milestone,url";

bool is_about(const TrackerError& error, std::string_view word) {
  return error.trouble() == Trouble::Refused &&
         to_lower(error.message()).find(word) != std::string::npos;
}

// Colours of GitHub's palette; an existing label keeps its own.
std::string colour_of(std::string_view label) {
  if (label.starts_with("priority:")) return "d93f0b";
  return label.starts_with("status:") ? "0e8a16" : "5319e7";
}

// A search for words of the title: quotes would end the phrase.
std::string title_query(std::string title) {
  std::replace_if(
      title.begin(), title.end(), [](char c) { return c == '"' || c == '\\' || c == '\n'; }, ' ');
  if (title.ends_with("…")) title.resize(title.size() - std::string_view("…").size());
  return "\"" + std::string(trim(title)) + "\" in:title";
}

}  // namespace

// gh does nothing if the repository lacks a label, so the label is created; without permission for
// that, the issue is filed without it.
std::string GitHub::with_labels(
    const std::vector<std::string>& labels,
    const std::function<std::vector<std::string>(bool labelled)>& command) {
  try {
    return client_.run(command(true));
  } catch (const TrackerError& error) {
    if (labels.empty() || !is_about(error, "label")) throw;
  }
  for (const std::string& label : labels) {
    try {
      (void)client_.run({"label", "create", label, "--color", colour_of(label)});
    } catch (const TrackerError& error) {
      if (stops_everything(error.trouble())) throw;  // else it exists, or must not be created
    }
  }
  try {
    return client_.run(command(true));
  } catch (const TrackerError& error) {
    if (!is_about(error, "label")) throw;
    remark("without labels " + join(labels, ", ") + ": " + error.message());
    return client_.run(command(false));
  }
}

Issue GitHub::create(const NewIssue& issue, const std::string& milestone) {
  Issue created;
  created.title = issue.title;
  created.labels = issue.labels;
  created.priority = issue.priority;
  created.body = with_marker(issue.body, marker(issue));
  created.milestone = milestone;
  const auto command = [&](bool labelled) {
    std::vector<std::string> words{"issue",     "create", "--title",
                                   issue.title, "--body", created.body};
    if (labelled) {
      for (const std::string& label : issue.labels) {
        words.emplace_back("--label");
        words.push_back(label_argument(label));
      }
    }
    if (!created.milestone.empty()) {
      words.emplace_back("--milestone");
      words.push_back(created.milestone);
    }
    return words;
  };
  std::string output;
  try {
    output = with_labels(issue.labels, command);
  } catch (const TrackerError& error) {
    if (milestone.empty() || !is_about(error, "milestone")) throw;
    remark("without milestone '" + milestone + "': " + error.message());
    created.milestone.clear();
    output = with_labels(issue.labels, command);
  }
  const std::optional<long> number = created_number(output);
  if (!number) throw client_.bad_answer("'issue create' printed no issue's address");
  created.id = *number;
  created.url = split_lines(trim(output)).back();
  return created;
}

void GitHub::comment(long id, const std::string& text) {
  (void)client_.run({"issue", "comment", std::to_string(id), "--body", text});
}

void GitHub::close(long id, Resolution resolution) {
  const char* reason = resolution == Resolution::Completed ? "completed" : "not planned";
  (void)client_.run({"issue", "close", std::to_string(id), "--reason", reason});
}

void GitHub::set_labels(long id, const std::vector<std::string>& add,
                        const std::vector<std::string>& remove) {
  if (add.empty() && remove.empty()) return;
  (void)with_labels(add, [&](bool labelled) {
    std::vector<std::string> words{"issue", "edit", std::to_string(id)};
    const auto name = [&words](const char* option, const std::vector<std::string>& labels) {
      for (const std::string& label : labels) {
        words.emplace_back(option);
        words.push_back(label_argument(label));
      }
    };
    if (labelled) name("--add-label", add);
    name("--remove-label", remove);
    return words;
  });
}

Issue GitHub::issue_of(const Json& object) const {
  const auto number = object.is_object() ? object.value("number", Json()).integer() : std::nullopt;
  if (!number) throw client_.bad_answer("an issue without a number");
  Issue issue;
  issue.id = *number;
  issue.title = json_text(object, "title");
  issue.body = json_text(object, "body");
  issue.open = to_lower(json_text(object, "state")) == "open";
  issue.url = json_text(object, "url");
  issue.milestone = json_text(object.value("milestone", Json()), "title");
  for (const Json& label : object.value("labels", Json::array()))
    issue.labels.push_back(json_text(label, "name"));
  issue.priority = priority_of(issue.labels);
  for (const Json& comment : object.value("comments", Json::array()))
    issue.comments.push_back(json_text(comment, "body"));
  return issue;
}

std::vector<Issue> GitHub::list(const Filter& filter) {
  std::vector<std::string> words{"issue",   "list",
                                 "--state", filter.state == Filter::State::Open ? "open" : "all",
                                 "--limit", std::to_string(filter.limit),
                                 "--json",  kFields};
  if (!filter.title.empty()) {
    words.emplace_back("--search");
    words.push_back(title_query(filter.title));
  }
  const Json answer = client_.ask(words);
  if (!answer.is_array() && !answer.is_null()) throw client_.bad_answer("no list of issues");
  std::vector<Issue> issues;
  for (const Json& object : answer) issues.push_back(issue_of(object));
  return issues;
}

std::optional<Issue> GitHub::find(long id) {
  try {
    return issue_of(client_.ask(
        {"issue", "view", std::to_string(id), "--json", std::string(kFields) + ",comments"}));
  } catch (const TrackerError& error) {
    if (error.trouble() == Trouble::NotFound) return std::nullopt;
    throw;
  }
}

}  // namespace gs::tracker
