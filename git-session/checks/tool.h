#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/gates/command_run.h"
#include "formats/json.h"
#include "session/finding.h"

namespace gs::checks {

// What a configured program (a reviewer, a prober) answered; absent with `problem` where it did
// not: not found, failed, too late, too much, or no JSON.
struct ToolAnswer {
  std::optional<Json> value;
  std::string problem;
  std::chrono::milliseconds duration{};
  bool interrupted = false;  // the user stopped it
};
// Runs `command` as run_command does, with `request` on stdin; its stdout is the answer. Never
// reads more than a few megabytes and never waits beyond `timeout`; its whole process group ends
// with it.
[[nodiscard]] ToolAnswer ask_tool(const std::string& command, const std::string& directory,
                                  const Json& request, std::chrono::milliseconds timeout,
                                  const CommandObserver& observer,
                                  const std::vector<std::string_view>& keys);

// The answer in a program's output: an object that is all of it, or that is the first fenced block
// which holds one with all of `keys`. Absent where there is none.
[[nodiscard]] std::optional<Json> find_answer(std::string_view output,
                                              const std::vector<std::string_view>& keys);

// A program's findings, made safe to show: no secret, no terminal control, bounded in length and
// number.
struct ToolFindings {
  struct Entry {
    session::Finding finding;
    std::string category;  // "" where it does not say
  };
  std::vector<Entry> entries;
  std::size_t malformed = 0;  // entries without a title, and those beyond the limit
};
// `list` as in the answer; `source`: that of a finding that names neither `source` nor `probe`.
[[nodiscard]] ToolFindings read_findings(const Json& list, const std::string& source);

}  // namespace gs::checks
