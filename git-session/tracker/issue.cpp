#include "tracker/issue.h"

#include <algorithm>

#include "base/text.h"
#include "git/repository.h"

namespace gs::tracker {
namespace {

constexpr std::size_t kMarkerDigits = 16;
constexpr std::string_view kMarkerStart = "<!-- git-session:";
constexpr std::string_view kMarkerEnd = " -->";

// Separated by NUL, since a title may contain anything else.
std::string mark_of(const std::string& session, const std::string& origin,
                    const std::string& subject) {
  const std::string key = session + '\0' + origin + '\0' + subject;
  return std::string(kMarkerStart) +
         git::Repository::hash_blob(key).hex().substr(0, kMarkerDigits) + std::string(kMarkerEnd);
}

constexpr std::size_t kTitleLength = 70;

std::string prefixed_title(std::string_view prefix, std::string_view text) {
  std::string title(trim(text));
  std::replace_if(
      title.begin(), title.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  // A task that is carried over again keeps a single prefix.
  if (!title.starts_with(prefix)) title.insert(0, prefix);
  return ellipsize(title, kTitleLength);
}

}  // namespace

std::string marker(const NewIssue& issue) {
  const std::string apart = issue.occasion.empty() ? "" : " " + issue.occasion;
  return mark_of(issue.session, issue.origin + apart, issue.title);
}

std::string comment_marker(const std::string& session, const std::string& origin, long number) {
  return mark_of(session, origin, "#" + std::to_string(number));
}

std::string with_marker(std::string_view text, const std::string& mark) {
  std::string marked(trim(text));
  if (marked.find(mark) == std::string::npos) marked += (marked.empty() ? "" : "\n\n") + mark;
  return marked;
}

std::string without_markers(std::string_view text) {
  std::string rest;
  bool after_marker = false;
  for (const std::string_view line : split_lines(text)) {
    const std::string_view words = trim(line);
    const bool is_marker = words.starts_with(kMarkerStart) && words.ends_with(kMarkerEnd);
    if (is_marker) {
      while (rest.ends_with("\n\n") || rest == "\n") rest.pop_back();
    } else if (!after_marker || !words.empty() || !rest.ends_with("\n\n")) {
      rest.append(line).append("\n");
    }
    after_marker = is_marker;
  }
  if (!text.ends_with('\n') && rest.ends_with('\n')) rest.pop_back();
  return rest;
}

bool bears(const Issue& issue, const std::string& mark) {
  const auto has = [&](const std::string& text) { return text.find(mark) != std::string::npos; };
  return has(issue.body) || std::any_of(issue.comments.begin(), issue.comments.end(), has);
}

constexpr std::string_view kCarryover = "[Carryover] ";

std::string carryover_title(std::string_view task) {
  return prefixed_title(kCarryover, task);
}

std::string_view without_carryover(std::string_view title) {
  if (title.starts_with(kCarryover)) title.remove_prefix(kCarryover.size());
  return title;
}

std::string discovery_title(std::string_view description) {
  return prefixed_title("[Discovery] ", description);
}

std::string discovery_body(const session::Finding& finding) {
  const std::string place =
      finding.line == 0 ? finding.file : finding.file + ":" + std::to_string(finding.line);
  const auto line = [](std::string_view name, const std::string& value) {
    return "**" + std::string(name) + ":** " + (value.empty() ? "none" : value) + "\n";
  };
  std::string body = line("Probe", finding.source) + line("File", place) +
                     line("Severity", std::string(session::severity_name(finding.severity))) +
                     line("Confidence", std::to_string(finding.confidence) + "%") +
                     line("Recommendation", finding.recommendation);
  if (!finding.detail.empty()) body += "\n" + finding.detail + "\n";
  return body;
}

NewIssue discovery_issue(const session::Finding& finding, const std::string& session) {
  NewIssue issue;
  issue.title = discovery_title(finding.title);
  issue.body = discovery_body(finding);
  issue.priority = session::severity_name(finding.severity);
  issue.labels = {"type:discovery", "priority:" + issue.priority, std::string(kReady)};
  issue.session = session;
  issue.origin = "discovery";
  return issue;
}

std::vector<std::string> status_labels(const std::vector<std::string>& labels) {
  std::vector<std::string> found;
  std::copy_if(labels.begin(), labels.end(), std::back_inserter(found),
               [](const std::string& label) { return label.starts_with("status:"); });
  return found;
}

}  // namespace gs::tracker
