#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file/tree_files.h"
#include "session/finding.h"

namespace gs::checks {

// Days until a project's narratives are stale, by its tier.
struct StalenessThresholds {
  long top = 30;
  long active = 60;
  long archived = 180;
};

// A project whose note in the vault is stale or has no date.
struct ProjectStaleness {
  std::string slug;
  session::Severity severity = session::Severity::Low;
  std::optional<std::string> last_sync;  // as written
  std::optional<double> hours;           // since then
};
struct NarrativeStaleness {
  std::string slug;
  std::string file;  // context.md, decisions.md, people.md
  std::string tier;
  session::Severity severity = session::Severity::Low;
  std::optional<long> days;  // since `updated`
  long threshold = 0;        // days
};

struct StalenessCheck {
  std::size_t projects = 0;  // with an _overview.md
  std::size_t directories = 0;
  std::size_t narratives = 0;
  std::vector<ProjectStaleness> stale_projects;
  std::vector<NarrativeStaleness> stale_narratives;
  std::size_t project_errors = 0;  // of those, unreadable or without a valid date
  std::size_t narrative_errors = 0;
  std::vector<session::Finding> findings;  // of both, projects first
  std::chrono::milliseconds project_time{}, narrative_time{};
};
// Checks the projects of the vault in `directory` (docs/formats.md, "Staleness"); absent if it has
// no `01-projects`. `shown_as`: prefix of paths in findings.
[[nodiscard]] std::optional<StalenessCheck> check_staleness(const TreeFiles& files,
                                                            const StalenessThresholds& thresholds,
                                                            Timestamp now,
                                                            const std::string& shown_as);

}  // namespace gs::checks
