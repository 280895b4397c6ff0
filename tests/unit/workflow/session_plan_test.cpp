#include "workflow/session_plan.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "session/baseline.h"
#include "session/trust.h"
#include "workflow/active_session.h"
#include "workflow/workflow_fixture.h"

using namespace gs;
using namespace gs::workflow;
using gs::test::contains;
using gs::test::error_of;
using gs::test::ScopedEnvironment;
using gs::test::SessionRepo;

namespace {

constexpr const char* kPlanText = ".orchestrator/session-plan.toml";

std::string plan_with(const std::string& verify) {
  return "title = \"t\"\n[[item]]\ntitle = \"i\"\nverify = \"" + verify + "\"\n";
}

struct Fixture : SessionRepo {
  TemporaryDirectory outside;

  Fixture() { (void)start(); }
  [[nodiscard]] std::string brought(const std::string& text) const {
    const std::string file = join_path(outside.path(), "brought.toml");
    write_file_atomically(file, text);
    return file;
  }
  [[nodiscard]] bool set(const std::string& file) const { return set_plan(workspace(), file); }
  [[nodiscard]] bool trusts(const std::string& command) const {
    return session::Trust(git::Repository::open(path()))
        .knows({session::TrustItem::Kind::Command, "", command});
  }
  // An editor that puts `text` in place of the draft, and ends with `status`.
  [[nodiscard]] std::string editor(const std::string& text, int status = 0) const {
    const std::string written = join_path(outside.path(), "typed.toml");
    write_file_atomically(written, text);
    return "f() { cp '" + written + "' \"$1\"; return " + std::to_string(status) + "; }; f";
  }
  [[nodiscard]] std::string draft() const {
    const session::Workspace at = workspace();
    return session::plan_draft_file(at.repository, find_active_session(at)->id);
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a plan is kept byte for byte, and setting it again changes nothing") {
  CHECK_FALSE(plan_text(workspace()).has_value());
  const std::string text = plan_with("make") + "# a comment without an end";
  const std::string file = brought(text);
  CHECK(set(file));
  CHECK(plan_text(workspace()) == text);
  CHECK_FALSE(set(file));
}

TEST_CASE_FIXTURE(Fixture, "what is not a plan is refused, and the plan stays") {
  REQUIRE(set(brought(plan_with("make"))));
  for (const char* text : {"", "title = ", "no-such-key = 1\n", "\xff\xfe", "[[item]]\n"}) {
    CHECK_FALSE_MESSAGE(error_of([&] { (void)set(brought(text)); }).empty(), text);
    CHECK(read(kPlanText) == plan_with("make"));
  }
  CHECK_FALSE(error_of([&] { (void)set(path("not-there.toml")); }).empty());
}

TEST_CASE_FIXTURE(Fixture, "a refused plan's commands are not trusted") {
  CHECK_FALSE(error_of([&] { (void)set(brought(plan_with("evil") + "nonsense = 1\n")); }).empty());
  CHECK_FALSE(trusts("evil"));
}

TEST_CASE_FIXTURE(Fixture, "the user's plan is trusted, one of the work tree is not") {
  write("plan.toml", plan_with("of the tree"));
  CHECK(set(path("plan.toml")));
  CHECK_FALSE(trusts("of the tree"));
  CHECK(set(brought(plan_with("of the user"))));
  CHECK(trusts("of the user"));
}

TEST_CASE_FIXTURE(Fixture, "without an open session there is no plan to show or set") {
  write(".orchestrator/STATE.md", test::state_text({.status = "completed"}));
  write(kPlanText, plan_with("make"));
  CHECK(contains(error_of([&] { (void)plan_text(workspace()); }), "no session is open"));
  CHECK(contains(error_of([&] { (void)set(brought(plan_with("x"))); }), "no session is open"));
  CHECK(read(kPlanText) == plan_with("make"));
}

TEST_CASE_FIXTURE(Fixture, "a plan that is a link is not written through") {
  const std::string target = brought(plan_with("make"));
  REQUIRE(symlink(target.c_str(), path(kPlanText).c_str()) == 0);
  const std::string file = join_path(outside.path(), "new.toml");
  write_file_atomically(file, plan_with("other"));
  (void)error_of([&] { (void)set(file); });
  CHECK(read_file(target) == plan_with("make"));
}

TEST_CASE_FIXTURE(Fixture, "of an edited plan only what was typed just now is trusted") {
  write("plan.toml", plan_with("of the tree"));
  REQUIRE(set(path("plan.toml")));
  const ScopedEnvironment editing(
      "GIT_EDITOR",
      editor(plan_with("of the tree") + "[[item]]\ntitle = \"j\"\nverify = \"typed\"\n"));
  CHECK(edit_plan(workspace()));
  CHECK(trusts("typed"));
  CHECK_FALSE(trusts("of the tree"));
  CHECK_FALSE(file_info(draft()));
}

TEST_CASE_FIXTURE(Fixture, "an edit of what was no plan trusts nothing") {
  write(kPlanText, "broken = \n# verify = \"planted\"\n");
  const ScopedEnvironment editing("GIT_EDITOR", editor(plan_with("planted")));
  CHECK(edit_plan(workspace()));
  CHECK(read(kPlanText) == plan_with("planted"));
  CHECK_FALSE(trusts("planted"));
}

TEST_CASE_FIXTURE(Fixture, "an editor that changes nothing leaves nothing behind") {
  const ScopedEnvironment editing("GIT_EDITOR", "true");
  CHECK_FALSE(edit_plan(workspace()));
  CHECK_FALSE(has(kPlanText));
  CHECK_FALSE(file_info(draft()));
}

TEST_CASE_FIXTURE(Fixture, "an editor that fails changes nothing, whatever it wrote") {
  REQUIRE(set(brought(plan_with("make"))));
  const ScopedEnvironment editing("GIT_EDITOR", editor(plan_with("half"), 1));
  CHECK(contains(error_of([&] { (void)edit_plan(workspace()); }), "the plan is unchanged"));
  CHECK(read(kPlanText) == plan_with("make"));
  CHECK_FALSE(trusts("half"));
}

TEST_CASE_FIXTURE(Fixture, "what was typed and is not a plan is kept, and the message says where") {
  REQUIRE(set(brought(plan_with("make"))));
  const ScopedEnvironment editing("GIT_EDITOR", editor("titel = \"t\"\n"));
  CHECK(contains(error_of([&] { (void)edit_plan(workspace()); }),
                 "'git session plan edit' opens it again"));
  CHECK(read_file(draft()) == "titel = \"t\"\n");
  CHECK(read(kPlanText) == plan_with("make"));
}

TEST_CASE_FIXTURE(Fixture,
                  "the next edit opens the draft, which goes when it is taken or emptied") {
  REQUIRE(set(brought(plan_with("make"))));
  const auto leave_draft = [&] {
    const ScopedEnvironment editing("GIT_EDITOR", editor("titel = \"t\"\n"));
    (void)error_of([&] { (void)edit_plan(workspace()); });
    REQUIRE(read_file(draft()) == "titel = \"t\"\n");
  };
  leave_draft();
  std::string reopened;
  const EditDialog dialog{[&](const std::string& file) { reopened = file; }, {}};
  {
    const ScopedEnvironment editing("GIT_EDITOR", editor("half", 1));
    CHECK_FALSE(error_of([&] { (void)edit_plan(workspace()); }).empty());
    CHECK(read_file(draft()) == "titel = \"t\"\n");
  }
  {
    const ScopedEnvironment editing("GIT_EDITOR", "sed -i s/titel/title/");
    CHECK(edit_plan(workspace(), dialog));
    CHECK(reopened == draft());
    CHECK(read(kPlanText) == "title = \"t\"\n");
    CHECK_FALSE(file_info(draft()));
  }
  leave_draft();
  {
    const ScopedEnvironment editing("GIT_EDITOR", "truncate -s 0");
    CHECK_FALSE(edit_plan(workspace()));
    CHECK_FALSE(file_info(draft()));
  }
  leave_draft();
  CHECK_FALSE(set(brought("title = \"t\"\n")));
  CHECK(file_info(draft()));
  CHECK(error_of([&] { (void)set(draft()); }) != "");
  write_file_atomically(draft(), plan_with("fixed"));
  CHECK(set(draft()));
  CHECK_FALSE(file_info(draft()));
}

TEST_CASE_FIXTURE(Fixture,
                  "an editor that fails the second time does not lose what was typed the first") {
  REQUIRE(set(brought(plan_with("make"))));
  const ScopedEnvironment editing("GIT_EDITOR",
                                  "f() { grep -q '^titel' \"$1\" && { echo lost >\"$1\"; return 1; "
                                  "}; sed -i s/title/titel/ \"$1\"; }; f");
  CHECK_THROWS((void)edit_plan(workspace(), {{}, [](const Error&) { return true; }}));
  CHECK(contains(read_file(draft()), "titel"));
  CHECK_FALSE(contains(read_file(draft()), "lost"));
}

TEST_CASE_FIXTURE(Fixture, "who is asked may correct a mistake at once") {
  REQUIRE(set(brought(plan_with("make"))));
  // Corrects one mistake each time.
  const ScopedEnvironment editing(
      "GIT_EDITOR",
      "f() { if grep -q '^titel' \"$1\"; then sed -i s/titel/title/ \"$1\"; else sed -i "
      "s/title/titel/ \"$1\"; fi; }; f");
  std::string mistake;
  const EditDialog dialog{{}, [&](const Error& error) {
                            mistake = error.message();
                            return true;
                          }};
  CHECK_FALSE(edit_plan(workspace(), dialog));
  CHECK(contains(mistake, "unknown key 'titel'"));
  CHECK_FALSE(file_info(draft()));
}
