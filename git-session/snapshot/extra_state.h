#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/repo_path.h"

namespace gs::snapshot {

// What the stash format has no room for; kept as lines of the stash commit's last paragraph
// (docs/formats.md, "Snapshots").
struct ExtraState {
  std::optional<std::string> unborn;    // "Unborn: refs/heads/<branch>"
  std::vector<RepoPath> intent_to_add;  // "Intent-to-add: <path as git quotes it>", in path order

  [[nodiscard]] bool empty() const { return !unborn && intent_to_add.empty(); }
  bool operator==(const ExtraState&) const = default;
};

// `message` with the lines below it. A line of the message that would read as one of them is
// indented.
[[nodiscard]] std::string add_extra_state(std::string_view message, const ExtraState& state);
[[nodiscard]] ExtraState extra_state_in(std::string_view message);

}  // namespace gs::snapshot
