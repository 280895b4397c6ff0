#include "githooks/install/hook_scripts.h"

#include <doctest/doctest.h>

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
