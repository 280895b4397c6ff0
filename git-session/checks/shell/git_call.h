#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "checks/shell/command_guard.h"

namespace gs::checks {

// A command that runs git: `git -C dir -c a=b restore --staged .`.
struct GitCall {
  std::span<const ShellWord> words;      // all of them, "git" first
  std::span<const ShellWord> globals;    // between "git" and the verb
  std::string_view verb;                 // "" if there is none
  std::span<const ShellWord> arguments;  // behind the verb

  explicit GitCall(std::span<const ShellWord> words);

  // Whether `-c NAME=VALUE` sets it to false. `name` in lower case.
  [[nodiscard]] bool turns_off(std::string_view name) const;
  // Whether the operands cover the directory that the command works in, as `.` and `:/` do.
  [[nodiscard]] bool covers_everything(std::span<const std::string_view> operands,
                                       const ShellPlace& place) const;
};

// Whether a word of the command starts a call of the program for which `accept` is true, given the
// words from there on: behind `sudo`, `xargs`, `find -exec` and the like. Not the words of `echo`,
// nor quoted ones. Also true if too many words are the program's name to try them all.
[[nodiscard]] bool any_call(const ShellCommand& command, std::string_view program,
                            const std::function<bool(std::span<const ShellWord> words)>& accept);

}  // namespace gs::checks
