#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gs::githooks {

// A git hook of ours: its script as hooks/ of the source has it.
struct HookScript {
  std::string_view name;  // "post-commit"
  std::string_view text;
  bool optional = false;  // only where it was asked for
};
// In the order in which they are listed.
[[nodiscard]] const std::vector<HookScript>& hook_scripts();
[[nodiscard]] const HookScript* find_hook_script(std::string_view name);  // null: no hook of ours

// What is written: the script and a last line with its name and the blob id of what stands above,
// so that a script of another version is distinguished from one that a person has changed.
[[nodiscard]] std::string stamped(const HookScript& script);

enum class ScriptOrigin {
  Ours,      // this version's, with or without the last line
  Outdated,  // another version's, as it was written
  Edited,    // ours, changed since
  Other,     // not from us
};
[[nodiscard]] ScriptOrigin origin_of(const HookScript& script, std::string_view content);

}  // namespace gs::githooks
