#include "close/plan/report_builder.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"

using namespace gs;
using namespace gs::close;
using gs::test::CloseOf;
using gs::test::kNow;
using gs::test::TempRepo;

namespace {

using Numbers = std::vector<long>;

}  // namespace

TEST_CASE("a closing word closes every number of its list, and nothing after it") {
  CHECK(issues_closed_in("fix: x\n\nCloses #4") == Numbers{4});
  CHECK(issues_closed_in("closes #4, #5 and #6") == Numbers{4, 5, 6});
  CHECK(issues_closed_in("FIXES #4") == Numbers{4});
  CHECK(issues_closed_in("Closes: #4") == Numbers{4});
  CHECK(issues_closed_in("closes #4. See #5") == Numbers{4});
}

TEST_CASE("what only mentions an issue closes none") {
  for (const char* message :
       {"", "#4", "see #4", "encloses #4", "closes 4", "closes #", "closes #x", "closes\n",
        "closes", "discloses #4", "closes the door #4", "closes #0", "closes #-4"}) {
    CAPTURE(std::string(message));
    CHECK(issues_closed_in(message).empty());
  }
}

TEST_CASE("a number too large for an issue closes none") {
  CHECK(issues_closed_in("closes #99999999999999999999999999").empty());
  CHECK(issues_closed_in("closes #1234567890 #999999999") == Numbers{999999999});
}

TEST_CASE("issues that the session's commits close, not those before it") {
  const TempRepo repo;
  repo.write("a", "a");
  const std::string base = repo.commit_all("base\n\nCloses #1");
  repo.write("a", "b");
  const std::string ours = repo.commit_all("fix: it\n\nCloses #2");
  CloseOf close(repo);
  close.context.session->base = *git::ObjectId::parse(base);
  const auto closed = issues_closed_by_commits(close.context);
  REQUIRE(closed.size() == 1);
  CHECK(closed.at(2).hex() == ours);
}
