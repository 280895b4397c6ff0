#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gs::checks {

enum class Severity { Block, Warn };

// A command that is not to be run, such as "git push --force" (docs/formats.md, "Blocked
// commands").
struct CommandRule {
  std::string pattern;
  Severity severity = Severity::Block;
  std::string reason;  // "" when the rule does not say

  bool operator==(const CommandRule&) const = default;
};

// What is blocked where neither the scope nor the policy file says so.
[[nodiscard]] const std::vector<CommandRule>& builtin_command_rules();

// The rules of .orchestrator/policy/blocked-commands.json. A rule of a kind that is not known is
// passed over; what cannot be read is named in `problems`.
struct CommandPolicy {
  std::vector<CommandRule> rules;
  std::vector<std::string> problems;
};
[[nodiscard]] CommandPolicy parse_command_policy(std::string_view text, const std::string& source);

}  // namespace gs::checks
