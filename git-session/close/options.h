#pragma once

#include <map>
#include <optional>
#include <string>

#include "formats/json.h"

namespace gs::close {

struct Options {
  bool dry_run = false;
  bool resume = false;  // --continue
  bool yes = false;     // each decision's recommended choice
  bool edit = false;
  bool push = true;
  bool mirror = true;
  bool isolated = false;                      // --isolated
  std::string request;                        // --pr: "ready" or "draft"; "": none
  std::optional<std::string> branch;          // --branch: what is pushed for --pr is called that
  std::map<std::string, std::string> decide;  // id → choice, checked
  std::optional<std::string> message;     // -m: the session's work in one commit with this message
  std::optional<std::string> base;        // --base
  std::optional<std::string> docs_tasks;  // --docs-tasks: a file, absolute
};

// Those that a close is started with and that apply until it ends, as its journal's header has
// them.
[[nodiscard]] Json lasting_options(const Options& options);
[[nodiscard]] Options with_those_begun_with(Options options, const Json& header);

}  // namespace gs::close
