#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/shell/pathspec.h"
#include "checks/shell/words.h"

namespace gs::checks {

enum class Severity { Block, Warn };

// A command that must not run, such as "git push --force" (docs/formats.md, "Blocked commands").
struct CommandRule {
  std::string pattern;
  Severity severity = Severity::Block;
  std::string reason;  // "" if not given

  bool operator==(const CommandRule&) const = default;
};

// The rules of .orchestrator/policy/blocked-commands.json. Rules of an unknown kind are ignored;
// unreadable ones are reported in `problems`.
struct CommandPolicy {
  std::vector<CommandRule> rules;
  std::vector<std::string> problems;
};
[[nodiscard]] CommandPolicy parse_command_policy(std::string_view text, const std::string& source);

// A command line as it would run, including scripts that it passes to shells and the like.
struct CommandLine {
  std::vector<ShellCommand> commands;
  bool too_deep = false;  // nested beyond the limit
};
[[nodiscard]] CommandLine read_command_line(std::string_view text);

// With what `$(pwd)` or `$(git rev-parse --show-toplevel)` gives, if the line has one.
[[nodiscard]] ShellPlace with_substitution(const CommandLine& line, ShellPlace place);

// Index of the command's first word after keywords and assignments.
[[nodiscard]] std::size_t command_position(std::span<const ShellWord> words);
// Whether it is echo or the like, whose words are only text.
[[nodiscard]] bool only_prints(std::span<const ShellWord> words);
[[nodiscard]] std::string_view base_name(std::string_view word);
// Index of the next word from `at` on that is not an option of the program itself.
[[nodiscard]] std::size_t skip_options(std::span<const ShellWord> words, std::size_t at,
                                       bool is_git);

// Whether a command of the line matches the pattern.
[[nodiscard]] bool runs(const CommandLine& line, std::string_view pattern);
// The built-in rule that applies where neither the scope nor a policy has any: for commands that
// throw away work, commits or what others have fetched. Absent if there is none.
[[nodiscard]] std::optional<CommandRule> find_destructive(const CommandLine& line,
                                                          const ShellPlace& place);
// The rule that applies: a blocking one first, else the first match; null if none matches.
[[nodiscard]] const CommandRule* find_rule(const CommandLine& line,
                                           std::span<const CommandRule> rules);

// Whether a shell command's exit status is always 0: "true", ":", "exit 0", "echo ok", "… || true".
[[nodiscard]] bool cannot_fail(std::string_view command);

// A command that would stage or commit everything dirty, whoever changed it, as written ("git add
// -A"); absent if there is none.
[[nodiscard]] std::optional<std::string> find_sweeping_add(const CommandLine& line,
                                                           const ShellPlace& place);

}  // namespace gs::checks
