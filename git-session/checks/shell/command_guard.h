#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/shell/words.h"

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

// A command line as it would run: with the scripts that it hands to shells and the like.
struct CommandLine {
  std::vector<ShellCommand> commands;
  bool too_deep = false;  // nested deeper than is read
};
[[nodiscard]] CommandLine read_command_line(std::string_view text);

// The place of a command's first word behind keywords and assignments.
[[nodiscard]] std::size_t command_position(std::span<const ShellWord> words);
// Of echo and the like, whose words are text.
[[nodiscard]] bool only_prints(std::span<const ShellWord> words);
[[nodiscard]] std::string_view base_name(std::string_view word);
// The place of the next word from `at` on that is no option of the program itself.
[[nodiscard]] std::size_t skip_options(std::span<const ShellWord> words, std::size_t at,
                                       bool is_git);

// Whether a command of the line is what the pattern names.
[[nodiscard]] bool runs(const CommandLine& line, std::string_view pattern);
// The rule that counts: a blocking one first, else the first that matches; null for none.
[[nodiscard]] const CommandRule* find_rule(const CommandLine& line,
                                           std::span<const CommandRule> rules);

// Whether a shell command's exit status is 0 whatever the code does: "true", ":", "exit 0",
// "echo ok", "… || true".
[[nodiscard]] bool cannot_fail(std::string_view command);

// The command that would stage or commit everything that is dirty, whoever changed it: "git add -A"
// as it is written; absent for none.
[[nodiscard]] std::optional<std::string> find_sweeping_add(const CommandLine& line);

}  // namespace gs::checks
