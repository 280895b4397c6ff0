#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/shell/command_rules.h"
#include "checks/shell/words.h"

namespace gs::checks {

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

}  // namespace gs::checks
