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

// The answer of a configured program (a reviewer, a prober); absent, with `problem`, if it was not
// found, failed, timed out, printed too much, or printed something other than JSON.
struct ToolAnswer {
  std::optional<Json> value;
  std::string problem;
  std::chrono::milliseconds duration{};
  bool interrupted = false;  // the user stopped it
};
// Runs `command` as run_command does, with `request` on stdin; its stdout is the answer. Reads at
// most a few megabytes and waits at most `timeout`; its whole process group ends with it.
[[nodiscard]] ToolAnswer ask_tool(const std::string& command, const std::string& directory,
                                  const Json& request, std::chrono::milliseconds timeout,
                                  const CommandObserver& observer,
                                  const std::vector<std::string_view>& keys);

// The answer in a program's output: an object that is the whole output, or the first fenced block
// that holds an object with all of `keys`. Absent if there is none.
[[nodiscard]] std::optional<Json> find_answer(std::string_view output,
                                              const std::vector<std::string_view>& keys);

// A program's findings, made safe to show: no secrets, no terminal controls, bounded in length and
// number.
struct ToolFindings {
  struct Entry {
    session::Finding finding;
    std::string category;  // "" if not given
  };
  std::vector<Entry> entries;
  std::size_t malformed = 0;  // entries without a title or beyond the limit
};
// `list` as in the answer; `source`: for findings that name neither `source` nor `probe`.
[[nodiscard]] ToolFindings read_findings(const Json& list, const std::string& source);

}  // namespace gs::checks
