#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "session/finding.h"

namespace gs::checks {

enum class IssueState { Open, Closed, Unknown };

struct DriftOptions {
  std::vector<std::string> documents;  // paths and globs from the top of the work tree
  bool paths = true;
  bool project_counts = true;
  bool issues = true;
  bool session_files = true;
  // Asks the tracker, once for each issue. Empty without a tracker; `no_tracker` says why.
  std::function<IssueState(long issue)> issue_state;
  std::string no_tracker;
};
struct DriftCheck {
  std::size_t documents = 0;
  std::vector<session::Finding> errors;
  std::vector<session::Finding> warnings;   // issues that the tracker does not know
  std::vector<std::string> skipped;         // checks that were not possible, and why
  std::vector<std::string> not_applicable;  // and that have nothing to compare with
};
// Compares what the documents of the work tree `top` (absolute) say with what is there
// (docs/formats.md, "Drift"). A document over 8 MiB is an error.
[[nodiscard]] DriftCheck check_drift(const std::string& top, const DriftOptions& options);

// The verifiable claims of a document (docs/formats.md, "Drift"). Lines from 1.
struct DocumentClaims {
  struct Text {
    std::size_t line;
    std::string text;
  };
  struct Count {
    std::size_t line;
    long count;
    std::string text;  // "(12 projects)"
  };
  struct IssueReference {
    std::size_t line;
    long issue;
    std::string heading;  // the forward-looking one
  };
  std::vector<Text> paths;  // absolute, below /home and /Users; outside code fences
  std::vector<Count> counts;
  std::vector<IssueReference> issues;  // below forward-looking headings, outside code fences
  std::vector<Text> session_files;     // "50-sessions/2026-11-22-….md"
};
// Linear time; never throws.
[[nodiscard]] DocumentClaims scan_document(std::string_view text);

enum class Looking { Neither, Forward, Backward };
// By the words of a heading; backward takes precedence.
[[nodiscard]] Looking looking(std::string_view heading);

}  // namespace gs::checks
