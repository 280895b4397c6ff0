#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::session {

enum class AgentStatus { Complete, Partial, Failed, Spiral };

struct AgentRun {
  std::string description;
  AgentStatus status = AgentStatus::Complete;
  std::string files;  // as written: paths, a count or prose
  std::string note;
  std::optional<long> issue;  // "→ issue #N"
};

struct Wave {
  long number = 0;
  std::string role;
  bool skipped = false;
  std::vector<AgentRun> agents;
};

// The "## Wave History" section. Lines that do not describe an agent are ignored.
[[nodiscard]] std::vector<Wave> parse_wave_history(std::string_view section);
struct AgentCounts {
  std::size_t total = 0, complete = 0, partial = 0, failed = 0, spiral = 0;
};
[[nodiscard]] AgentCounts count_agents(const std::vector<Wave>& waves);

// Words of the files fields that could be paths; the claim compares them with changed paths.
[[nodiscard]] std::vector<std::string> files_named(const std::vector<Wave>& waves);

}  // namespace gs::session
