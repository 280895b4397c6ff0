#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "checks/lines/probes.h"

namespace gs::checks {
namespace {

std::vector<std::string> claims(const std::string& message, const std::vector<std::string>& touched,
                                const std::vector<std::string>& tree = {}) {
  const CommitFacts facts{"abc1234", message, touched, [&](const std::string& path) {
                            return std::find(tree.begin(), tree.end(), path) != tree.end();
                          }};
  std::vector<std::string> files;
  for (const session::Finding& finding : check_claims(facts)) files.push_back(finding.file);
  return files;
}
using Files = std::vector<std::string>;

TEST_CASE("a file that is said to be added has to be in the commit") {
  CHECK(claims("feat: add src/a.c", {"src/b.c"}) == Files{"src/a.c"});
  CHECK(claims("Add `a.c` and b.h", {"src/a.c"}) == Files{"b.h"});
  CHECK(claims("feat(x)!: adds new file 'docs/x.md' with examples", {}) == Files{"docs/x.md"});
  CHECK(claims("feat: x\n\n- add src/a.c\n* create config.json.\n", {"x"}) ==
        Files{"src/a.c", "config.json"});
  CHECK(claims("feat: add src/a.c", {"src/a.c"}).empty());
  CHECK(claims("feat: add a.c, b.c", {"lib/a.c", "b.c"}).empty());
}

TEST_CASE("a file that is said to be removed has to be gone") {
  CHECK(claims("chore: remove old.py", {}, {"old.py"}) == Files{"old.py"});
  CHECK(claims("chore: remove old.py", {"old.py"}).empty());
  CHECK(claims("chore: remove old.py", {}, {"lib/old.py"}).empty());
}

TEST_CASE("what is not a plain statement about a file is passed over") {
  for (const std::string message :
       {"feat: add tests for src/a.c", "feat: add a.h include", "feat: add Node.js",
        "feat: add support for x.py", "docs: say how to add a.c", "feat: add v1.2",
        "feat: add https://example.org/a.c", "feat: add foo.h to the build", "feat: add x",
        "feat: address a.c", "", "feat: add"}) {
    CAPTURE(message);
    CHECK(claims(message, {"z"}).empty());
  }
}

}  // namespace
}  // namespace gs::checks
