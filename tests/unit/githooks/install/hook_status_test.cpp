#include "githooks/install/hook_status.h"

#include <doctest/doctest.h>

using namespace gs;
using namespace gs::githooks;

namespace {

git::ConfigValue value(const std::string& key, const std::string& text) {
  return {key, text, "local", "file:.git/config"};
}

}  // namespace

TEST_CASE("a script is told from another version's, a changed one and somebody else's") {
  for (const HookScript& script : hook_scripts()) {
    CAPTURE(script.name);
    const std::string ours = stamped(script);
    CHECK(origin_of(script, ours) == ScriptOrigin::Ours);
    CHECK(origin_of(script, script.text) == ScriptOrigin::Ours);

    const HookScript older{script.name, "#!/bin/sh\n# an older one\n", script.optional};
    CHECK(origin_of(script, stamped(older)) == ScriptOrigin::Outdated);
    CHECK(origin_of(script, ours + "echo more\n") == ScriptOrigin::Edited);
    std::string changed = ours;
    changed.insert(changed.find('\n') + 1, "echo first\n");
    CHECK(origin_of(script, changed) == ScriptOrigin::Edited);
    CHECK(origin_of(script, "#!/bin/sh\nexit 0\n") == ScriptOrigin::Other);
    CHECK(origin_of(script, "") == ScriptOrigin::Other);
  }
}

TEST_CASE("a script of one hook is not taken for that of another") {
  CHECK(origin_of(*find_hook_script("pre-push"), stamped(*find_hook_script("post-commit"))) ==
        ScriptOrigin::Other);
  CHECK(find_hook_script("commit-msg") == nullptr);
}

TEST_CASE("a text hands over where a line runs the hook of that name") {
  CHECK(hands_over("git-session hook post-commit \"$@\" || true\n", "post-commit"));
  CHECK(hands_over("#!/bin/sh\nexec git session hook pre-push", "pre-push"));
  CHECK(hands_over("# git-session hook pre-push\ngit-session hook pre-push", "pre-push"));
  CHECK_FALSE(hands_over("# git-session hook post-commit\n", "post-commit"));
  CHECK_FALSE(hands_over("  #git-session hook post-commit", "post-commit"));
  CHECK_FALSE(hands_over("git-session hook pre-commit-more", "pre-commit"));
  CHECK_FALSE(hands_over("git-session hooks status", "status"));
  CHECK_FALSE(hands_over("", "pre-push"));
}

TEST_CASE("a configured hook counts where it is enabled, for its event and runs ours") {
  const git::ConfigValue command = value("hook.scope.command", "git-session hook pre-push");
  const git::ConfigValue event = value("hook.scope.event", "pre-push");
  CHECK(configured_hook({command, event}, "pre-push") == "hook.scope.command");
  CHECK_FALSE(configured_hook({command, event}, "post-commit"));
  CHECK_FALSE(configured_hook({command}, "pre-push"));
  CHECK_FALSE(configured_hook({command, event, value("hook.scope.event", "")}, "pre-push"));
  CHECK_FALSE(configured_hook({command, event, value("hook.scope.enabled", "false")}, "pre-push"));
  CHECK_FALSE(configured_hook(
      {value("hook.a.b.command", "lint"), value("hook.a.b.event", "pre-push")}, "pre-push"));
  CHECK(configured_hook({value("hook.a.b.command", "git session hook pre-push"),
                         value("hook.a.b.event", "pre-push")},
                        "pre-push") == "hook.a.b.command");
}

TEST_CASE("git runs configured hooks from 2.54 on") {
  CHECK_FALSE(runs_configured_hooks("git version 2.39.5\n"));
  CHECK_FALSE(runs_configured_hooks("git version 2.53.99.rc1\n"));
  CHECK(runs_configured_hooks("git version 2.54.0\n"));
  CHECK(runs_configured_hooks("git version 2.55.0.windows.1\n"));
  CHECK(runs_configured_hooks("git version 3.0.0\n"));
  CHECK_FALSE(runs_configured_hooks("jgit 7"));
}
