#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "checks/lines/probes.h"
#include "checks/tool.h"
#include "git/objects/merge.h"
#include "session/finding.h"

namespace gs::checks {

// What discovery checks. Ui, Arch and Vault have no probes of their own: configured programs report
// them.
enum class Category { Code, Infra, Ui, Arch, Session, Vault };
[[nodiscard]] std::string_view category_name(Category category);

struct DiscoverySettings {
  std::vector<std::string> probes;  // names of categories, or "all"
  std::vector<Glob> exclude;
  session::Severity least_severity = session::Severity::Low;
  int least_confidence = 0;
};

// As docs/formats.md has them under `discovery_stats`.
struct DiscoveryStats {
  std::size_t probes_run = 0;
  std::size_t raw = 0;              // found
  std::size_t verified = 0;         // of them, those beyond the thresholds
  std::size_t false_positives = 0;  // of them, those below the required confidence
  std::size_t dismissed = 0;        // by a user, as reported by a program
  std::size_t issues_created = 0;
  std::map<std::string, std::size_t> by_category;  // of the verified
};

// Collects what the probes find, and returns what is worth reporting.
class Discovery {
 public:
  explicit Discovery(DiscoverySettings settings);

  [[nodiscard]] bool wants(Category category) const;
  void count_probes(std::size_t count) { stats_.probes_run += count; }

  // Added lines: secrets, debug artifacts, annotations, focused and skipped tests. Returns the
  // issues that annotations name.
  std::vector<IssueReference> probe_lines(const std::string& path,
                                          const std::vector<git::AddedLine>& lines);
  // A binary file, new or grown beyond a megabyte.
  void probe_binary(const std::string& path, std::uint64_t size);
  void add(Category category, session::Finding finding);
  // A program's findings and the figures it reports.
  void add(const ToolFindings& findings, const Json& answer);

  // Beyond the thresholds and outside the excluded paths; worst first.
  [[nodiscard]] std::vector<session::Finding> findings();
  [[nodiscard]] const DiscoveryStats& stats() const { return stats_; }

 private:
  struct Found {
    std::string category;
    session::Finding finding;
  };
  DiscoverySettings settings_;
  std::vector<Found> found_;
  DiscoveryStats stats_;
};

}  // namespace gs::checks
