#include "session/decision.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs;
using namespace gs::session;
using gs::test::contains;
using gs::test::error_of;

TEST_CASE("a decide argument names a decision and one of its choices") {
  const auto decided = parse_decide_arguments({"gate=issue", "mixed=split"});
  CHECK(decided == std::map<std::string, std::string>{{"gate", "issue"}, {"mixed", "split"}});
}

TEST_CASE("the last argument for a decision counts") {
  CHECK(parse_decide_arguments({"gate=issue", "gate=retry"}).at("gate") == "retry");
}

TEST_CASE("an unknown decision is a usage error that lists the right ones") {
  const std::string error = error_of([] { (void)parse_decide_arguments({"gates=retry"}); });
  CHECK(contains(error, "unknown decision 'gates'"));
  CHECK(contains(error,
                 "trust, review, gate, vault, drift, vault-staleness, docs, unclaimed, mixed, "
                 "contested, secrets"));
  try {
    (void)parse_decide_arguments({"=retry"});
    FAIL("no error");
  } catch (const Error& caught) {
    CHECK(caught.kind() == ErrorKind::Usage);
  }
}

TEST_CASE("a choice that the decision does not have is a usage error that lists the right ones") {
  const std::string error = error_of([] { (void)parse_decide_arguments({"contested=abort"}); });
  CHECK(contains(error, "'abort' is not a choice of decision 'contested'"));
  CHECK(contains(error, "leave, include"));
  CHECK(contains(error_of([] { (void)parse_decide_arguments({"gate"}); }), "gate=CHOICE"));
  CHECK(contains(error_of([] { (void)parse_decide_arguments({"gate="}); }), "gate=CHOICE"));
}

TEST_CASE("push-target is answered by a branch of a remote, too") {
  const auto decided = [](const std::string& answer) {
    return parse_decide_arguments({"push-target=" + answer}).at("push-target");
  };
  for (const char* answer : {"same-name", "no-push", "origin/topic", "fork/kim/topic"})
    CHECK(decided(answer) == answer);
  for (const char* wrong : {"origin", "origin/", "/topic", "-o/topic", "origin/a b", "a//b"})
    CHECK(contains(error_of([&] { (void)decided(wrong); }), "same-name, no-push, REMOTE/BRANCH"));
}

TEST_CASE("an open decision is JSON with null for what was chosen") {
  Decision decision{"gate",  "test failed",    {{"retry", "mend it"}, {"abort", "stop"}},
                    "retry", "2 of 40 failed", ""};
  CHECK(to_json(decision) == Json{{"id", "gate"},
                                  {"question", "test failed"},
                                  {"choices", {"retry", "abort"}},
                                  {"recommended", "retry"},
                                  {"chosen", nullptr},
                                  {"detail", "2 of 40 failed"}});
  decision.chosen = "abort";
  CHECK(to_json(decision)["chosen"] == "abort");
}
