#pragma once

#include <functional>
#include <string>
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
  // Asks the tracker, once for each issue. Empty: there is none, and `no_tracker` says why.
  std::function<IssueState(long issue)> issue_state;
  std::string no_tracker;
};
struct DriftCheck {
  std::size_t documents = 0;
  std::vector<session::Finding> errors;
  std::vector<session::Finding> warnings;  // issues that the tracker does not know
  std::vector<std::string> skipped;        // checks that could not be made, and why
};
// Compares what the documents of the work tree `top` (absolute) say with what is there
// (docs/formats.md, "Drift"). A document over 8 MiB is an error of its own.
[[nodiscard]] DriftCheck check_drift(const std::string& top, const DriftOptions& options);

}  // namespace gs::checks
