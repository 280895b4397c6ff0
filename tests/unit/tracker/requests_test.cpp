// Every command about requests that gh and glab are sent, to the letter (docs/trackers.md).
#include "tracker/requests.h"

#include <doctest/doctest.h>

#include "support/temp_repo.h"
#include "tracker/stand_in.h"

namespace gs::tracker {
namespace {

using test::StandIn;
using Words = std::vector<std::string>;

RequestHost host(const std::string& name, const std::string& head = "owner/name") {
  return {{name, true, ""}, {"example.org", "owner/name"}, {"example.org", head}};
}

const NewRequest kNew{"-Title, \"x\"", "Body", "topic", "main", true};

}  // namespace

TEST_CASE("gh: the open pull request of the branch is found, not one of another fork") {
  const StandIn program;
  const Requests ours(program.client("owner/name"), host("github"));
  const Requests forks(program.client("owner/name"), host("github", "Kim/name"));
  program.answer(R"([{"number":7,"url":"u7","isDraft":true,"headRepositoryOwner":{"login":"kim"}},
                     {"number":8,"url":"u8","isDraft":false,"headRepositoryOwner":null}])");
  CHECK_FALSE(ours.find_open("topic"));
  CHECK(program.calls() ==
        std::vector<Words>{{"pr", "list", "--head", "topic", "--state", "open", "--limit", "100",
                            "--json", "number,url,isDraft,headRepositoryOwner", "--repo",
                            "owner/name"}});
  const auto found = forks.find_open("topic");
  REQUIRE(found);
  CHECK(found->number == 7);
  CHECK(found->url == "u7");
  CHECK(found->draft);
  program.answer("[]");
  CHECK_FALSE(ours.find_open("topic"));
  program.answer(R"({"message":"no"})");
  CHECK_THROWS_AS((void)ours.find_open("topic"), TrackerError);
}

TEST_CASE("gh: a pull request is opened from here or from a fork") {
  const StandIn program;
  program.answer("https://example.org/owner/name/pull/12\n");
  const Request opened = Requests(program.client("r"), host("github")).open(kNew);
  CHECK(opened.number == 12);
  CHECK(opened.url == "https://example.org/owner/name/pull/12");
  (void)Requests(program.client("r"), host("github", "kim/name"))
      .open({"T", "B", "topic", "", false});
  CHECK(program.calls() ==
        std::vector<Words>{
            {"pr", "create", "--title", kNew.title, "--body", "Body", "--head", "topic", "--base",
             "main", "--draft", "--repo", "r"},
            {"pr", "create", "--title", "T", "--body", "B", "--head", "kim:topic", "--repo", "r"}});
  Requests(program.client("r"), host("github")).set_body(12, "new");
  CHECK(program.calls() ==
        std::vector<Words>{{"pr", "edit", "12", "--body", "new", "--repo", "r"}});
  program.answer("something else");
  CHECK_THROWS_AS((void)Requests(program.client("r"), host("github")).open(kNew), TrackerError);
}

TEST_CASE("glab: merge requests likewise") {
  const StandIn program;
  const Requests ours(program.client("r"), host("gitlab"));
  const Requests forks(program.client("r"), host("gitlab", "group/sub/name"));
  program.answer(R"([{"iid":3,"web_url":"u3","draft":false,"source_project_id":2,
                      "target_project_id":1}])");
  CHECK_FALSE(ours.find_open("topic"));
  CHECK(forks.find_open("topic")->number == 3);
  CHECK(program.calls().front() == Words{"mr", "list", "--source-branch", "topic", "--per-page",
                                         "100", "--output", "json", "--repo", "r"});
  program.answer("!4 T (topic)\n https://example.org/owner/name/-/merge_requests/4\n\n");
  const Request opened = forks.open(kNew);
  CHECK(opened.number == 4);
  CHECK(opened.url == "https://example.org/owner/name/-/merge_requests/4");
  CHECK(program.calls().back() == Words{"mr", "create", "--title", kNew.title, "--description",
                                        "Body", "--source-branch", "topic", "--yes", "--head",
                                        "group/sub/name", "--target-branch", "main", "--draft",
                                        "--repo", "r"});
  ours.set_body(4, "new");
  CHECK(program.calls().back() ==
        Words{"mr", "update", "4", "--description", "new", "--repo", "r"});
}

}  // namespace gs::tracker
