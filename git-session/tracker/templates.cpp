#include "tracker/templates.h"

#include <algorithm>

#include "base/text.h"

namespace gs::tracker {
namespace {

constexpr std::size_t kTitleLength = 70;

std::string prefixed_title(std::string_view prefix, std::string_view text) {
  std::string title(trim(text));
  std::replace_if(
      title.begin(), title.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  // What is carried over a second time keeps one prefix.
  if (!title.starts_with(prefix)) title.insert(0, prefix);
  return ellipsize(title, kTitleLength);
}

}  // namespace

std::string carryover_title(std::string_view task) {
  return prefixed_title("[Carryover] ", task);
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
