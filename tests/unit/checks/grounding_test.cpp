#include <doctest/doctest.h>

#include <string>

#include "checks/grounding.h"

namespace gs::checks {
namespace {

std::vector<RepoPath> paths(const std::vector<std::string>& names) {
  std::vector<RepoPath> result;
  for (const std::string& name : names) result.emplace_back(name);
  return result;
}

session::Plan plan(const std::vector<std::string>& files) {
  session::PlanItem item;
  item.title = "item";
  for (const std::string& file : files) item.files.emplace_back(file);
  return {"t", "", {item}, {}};
}

bool is_expected(const std::string& pattern, const std::string& source, const std::string& other) {
  return check_grounding(plan({pattern}), paths({source, other})).unplanned.empty();
}

TEST_CASE("planned and actual files are told apart, with the share that was covered") {
  const Grounding grounding =
      check_grounding(plan({"src/a/**", "src/b/**", "docs/"}), paths({"lib/x.c", "src/a/1.c"}));
  CHECK(grounding.planned == 3);
  CHECK(grounding.touched == paths({"src/a/1.c"}));
  CHECK(grounding.unplanned == paths({"lib/x.c"}));
  CHECK(grounding.untouched == std::vector<std::string>{"src/b/**", "docs/"});
  REQUIRE(grounding.coverage);
  CHECK(*grounding.coverage == doctest::Approx(1.0 / 3));
}

TEST_CASE("where nothing was planned there is no coverage") {
  const Grounding grounding = check_grounding({}, paths({"src/a.c"}));
  CHECK(grounding.planned == 0);
  CHECK_FALSE(grounding.coverage);
  CHECK(grounding.unplanned == paths({"src/a.c"}));
}

TEST_CASE("a dropped item plans nothing, and a pattern of two items counts once") {
  session::Plan two = plan({"src/"});
  two.items.push_back(two.items[0]);
  two.items.push_back(plan({"docs/"}).items[0]);
  two.items[2].dropped = "no longer";
  const Grounding grounding = check_grounding(two, paths({"docs/a.md", "src/a.c"}));
  CHECK(grounding.planned == 1);
  CHECK(grounding.unplanned == paths({"docs/a.md"}));
}

TEST_CASE("a test of a touched source is expected, beside it or in a tree that mirrors it") {
  CHECK(is_expected("src/**/retry.cpp", "src/net/retry.cpp", "src/net/retry_test.cpp"));
  CHECK(is_expected("src/**/retry.ts", "src/net/retry.ts", "src/net/retry.spec.ts"));
  CHECK(is_expected("src/**/retry.ts", "src/net/retry.ts", "src/net/__tests__/retry.ts"));
  CHECK(is_expected("pkg/retry.py", "pkg/retry.py", "tests/test_retry.py"));
  CHECK(is_expected("app/net/retry.cpp", "app/net/retry.cpp", "tests/unit/net/retry_test.cpp"));
  CHECK(is_expected("src/main/java/x/Retry.java", "src/main/java/x/Retry.java",
                    "src/test/java/x/RetryTest.java"));
}

TEST_CASE("a test of something else is not expected") {
  CHECK_FALSE(is_expected("src/**/retry.cpp", "src/net/retry.cpp", "src/net/upload_test.cpp"));
  CHECK_FALSE(is_expected("src/**/retry.cpp", "src/net/retry.cpp", "src/disk/retry_test.cpp"));
  CHECK_FALSE(is_expected("src/**/retry.cpp", "src/net/retry.cpp", "tests/disk/retry_test.cpp"));
  CHECK_FALSE(is_expected("src/**/retry.cpp", "src/net/retry.cpp", "src/net/retry.h"));
  // The source that it tests was not touched itself.
  CHECK(check_grounding(plan({"src/"}), paths({"lib/a.c", "lib/a_test.c"})).unplanned.size() == 2);
}

TEST_CASE("generated files, state directories and docs tasks are expected") {
  CHECK(is_expected("src/", "src/a.c", "package-lock.json"));
  CHECK(is_expected("src/", "src/a.c", ".claude/STATE.md"));
  CHECK(is_expected("src/", "src/a.c", ".orchestrator/metrics/sessions.jsonl"));
  session::Plan with_docs = plan({"src/"});
  with_docs.docs.push_back({"user", "docs/user/**/*.md"});
  const Grounding grounding =
      check_grounding(with_docs, paths({"docs/dev/b.md", "docs/user/a.md", "src/a.c"}));
  CHECK(grounding.unplanned == paths({"docs/dev/b.md"}));
}

TEST_CASE("a generated file that was planned counts as touched") {
  const Grounding grounding = check_grounding(plan({"Cargo.lock"}), paths({"Cargo.lock"}));
  CHECK(grounding.touched == paths({"Cargo.lock"}));
  CHECK(grounding.untouched.empty());
}

TEST_CASE("lock files, build output and generated sources are told") {
  for (const std::string_view path :
       {"package-lock.json", "web/pnpm-lock.yaml", "Cargo.lock", "go.sum", "dist/app.js",
        "web/node_modules/x/index.js", "build/a.o", "target/debug/x", "app.min.js",
        "api/v1/x.pb.go", "x_pb2.py", "a/__snapshots__/b.snap", "src/generated/api.ts",
        "zz_generated.deepcopy.go", "Form.Designer.generated.cs", ".terraform.lock.hcl"}) {
    CAPTURE(path);
    CHECK(is_generated(path));
  }
}

TEST_CASE("sources are not taken for generated ones") {
  for (const std::string_view path :
       {"src/lock.cpp", "locksmith.json", "src/build/plan.cpp", "dist.cpp", "src/target/x.rs",
        "minify.js", "generated.cpp", "coverage.md", "README.md", "", "outline/a.c"}) {
    CAPTURE(path);
    CHECK_FALSE(is_generated(path));
  }
}

}  // namespace
}  // namespace gs::checks
