#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/stack/stack.h"

namespace gs::workflow {

// One of the three commands that a close runs, as the stack has it.
struct GateCommand {
  std::string_view key;  // "test-command", …
  std::optional<std::string> command;
  std::optional<session::Stack::Missing> missing = {};  // found, and not to be run here
  std::vector<session::Stack::Alternative> alternatives = {};
};
[[nodiscard]] std::vector<GateCommand> gate_commands(const std::optional<session::Stack>& stack);

struct SectionEdit {
  std::string text;
  std::vector<std::string> added;  // keys
  std::vector<std::string> unset;  // keys of commands that the text still has none for
  bool new_section = false;
};
// `text` (CLAUDE.md, AGENTS.md) with the stack's commands in its "## Session Config" section, which
// is added at the end if there is none. A key that the section has in any form stays as it is, and
// so does every other byte.
[[nodiscard]] SectionEdit complete_session_section(std::string_view text, const std::string& file,
                                                   const std::optional<session::Stack>& stack);

}  // namespace gs::workflow
