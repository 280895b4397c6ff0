#include "githooks/install/hook_scripts.h"

#include <algorithm>

#include "git/repository.h"
#include "githooks/install/script_texts.h"

namespace gs::githooks {
namespace {

std::string stamp_prefix(const HookScript& script) {
  return "# git-session " + std::string(script.name) + " ";
}

std::string stamp(const HookScript& script, std::string_view text) {
  return stamp_prefix(script) + git::Repository::hash_blob(text).hex() + "\n";
}

}  // namespace

const std::vector<HookScript>& hook_scripts() {
  static const std::vector<HookScript> scripts = {
      {"pre-push", script_texts::kPrePush, false},
      {"post-commit", script_texts::kPostCommit, false},
      {"pre-commit", script_texts::kPreCommit, true},
      {"post-index-change", script_texts::kPostIndexChange, true},
  };
  return scripts;
}

const HookScript* find_hook_script(std::string_view name) {
  const auto& scripts = hook_scripts();
  const auto found = std::find_if(scripts.begin(), scripts.end(),
                                  [&](const HookScript& script) { return script.name == name; });
  return found == scripts.end() ? nullptr : &*found;
}

std::string stamped(const HookScript& script) {
  return std::string(script.text) + stamp(script, script.text);
}

ScriptOrigin origin_of(const HookScript& script, std::string_view content) {
  if (content == script.text) return ScriptOrigin::Ours;
  const std::string prefix = stamp_prefix(script);
  const std::size_t at = content.rfind("\n" + prefix);
  if (at == std::string_view::npos) return ScriptOrigin::Other;
  const std::string_view above = content.substr(0, at + 1);
  if (content.substr(at + 1) != stamp(script, above)) return ScriptOrigin::Edited;
  return above == script.text ? ScriptOrigin::Ours : ScriptOrigin::Outdated;
}

}  // namespace gs::githooks
