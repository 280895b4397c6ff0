#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"
#include "session/finding.h"

namespace gs::tracker {

struct Issue {
  long id = 0;
  std::string title;
  bool open = true;
  std::vector<std::string> labels;
  std::string priority;  // critical, high, medium, low; "" if not given
  std::string session;   // local tracker only
  std::string origin;    // local tracker only
  std::string body;      // local tracker: comments included
  FilePlace file;        // local tracker only
  std::string url = {};  // gh and glab only
  std::string milestone = {};
  std::vector<std::string> comments = {};  // gh and glab, for a single issue
};

struct NewIssue {
  std::string title;
  std::string body;
  std::vector<std::string> labels;
  std::string priority;
  std::string session;
  std::string origin;                  // "carryover", "discovery", "gate", …
  std::optional<long> continues = {};  // the issue that it continues
  std::string occasion = {};           // part of the marker, if a title may be filed again
};

// The hidden marker in an issue's body that makes creation idempotent: "<!-- git-session:<hash>
// -->", the hash over session, origin and title.
[[nodiscard]] std::string marker(const NewIssue& issue);
// The same for a session's comment on an issue: over session, `origin` and number.
[[nodiscard]] std::string comment_marker(const std::string& session, const std::string& origin,
                                         long number);
// `text` with `mark` as its last paragraph, once.
[[nodiscard]] std::string with_marker(std::string_view text, const std::string& mark);
// `text` for people, without its markers and the empty lines above them.
[[nodiscard]] std::string without_markers(std::string_view text);
[[nodiscard]] bool bears(const Issue& issue, const std::string& mark);

// "[Carryover] " and the task, cut to 70 characters with "…".
[[nodiscard]] std::string carryover_title(std::string_view task);
// The task of such a title; any other title as it is.
[[nodiscard]] std::string_view without_carryover(std::string_view title);
// "[Discovery] " and the description, cut likewise.
[[nodiscard]] std::string discovery_title(std::string_view description);
// Probe, file, severity, confidence and recommendation, a line each.
[[nodiscard]] std::string discovery_body(const session::Finding& finding);
// The issue for a finding of severity critical or high.
[[nodiscard]] NewIssue discovery_issue(const session::Finding& finding, const std::string& session);

// Labels for the status of an issue: "status:ready", "status:in-progress", …
[[nodiscard]] std::vector<std::string> status_labels(const std::vector<std::string>& labels);
inline constexpr std::string_view kReady = "status:ready";

}  // namespace gs::tracker
