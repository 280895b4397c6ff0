#include "githooks/hook_scripts.h"

#include <doctest/doctest.h>

#include "session/state_directory.h"

using namespace gs;
using namespace gs::githooks;

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

// The scripts look for sessions without starting a program, so they hold a copy of the list.
TEST_CASE("the scripts know every state directory") {
  std::string names;
  for (const std::string& name : session::state_directory_names()) names += " " + name;
  for (const HookScript& script : hook_scripts()) {
    if (script.name == "pre-push") continue;  // always asks
    CAPTURE(script.name);
    CHECK(script.text.find("for directory in" + names + "; do") != std::string_view::npos);
  }
}

TEST_CASE("the scripts find out in the same way that there is nothing to do") {
  const auto idle_of = [](std::string_view name) {
    const std::string_view text = find_hook_script(name)->text;
    const auto begin = text.find("idle() {");
    return text.substr(begin, text.find("\n}\n\n", begin) - begin);
  };
  REQUIRE(idle_of("post-commit").size() > 100);
  CHECK(idle_of("pre-commit") == idle_of("post-commit"));
  CHECK(idle_of("post-index-change") == idle_of("post-commit"));
}
