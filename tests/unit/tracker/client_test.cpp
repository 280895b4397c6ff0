#include "tracker/client.h"

#include <doctest/doctest.h>

namespace gs::tracker {
namespace {

std::string_view trouble(const std::string& err) {
  ProcessResult result;
  result.exit_status = 1;
  result.err = err;
  return trouble_name(trouble_of(result));
}

TEST_CASE("the reasons are told apart by what gh and glab print") {
  CHECK(trouble("To get started with GitHub CLI, please run:  gh auth login") == "logged-out");
  CHECK(trouble("HTTP 401: Bad credentials (https://api.github.com/graphql)") == "logged-out");
  CHECK(trouble("GET https://gitlab.com/api/v4/user: 401 {message: 401 Unauthorized}") ==
        "logged-out");
  CHECK(trouble("error connecting to api.github.com\ncheck your internet connection") == "offline");
  CHECK(trouble("Post \"https://h/\": dial tcp 127.0.0.1:9: connect: connection refused") ==
        "offline");
  CHECK(trouble("Get \"https://h/\": dial tcp: lookup h: no such host") == "offline");
  CHECK(trouble("GraphQL: API rate limit exceeded for user ID 12.") == "rate-limited");
  CHECK(trouble("HTTP 403: You have exceeded a secondary rate limit.") == "rate-limited");
  CHECK(trouble("GET https://gitlab.com/api: 429 Too Many Requests") == "rate-limited");
  CHECK(trouble("GraphQL: Could not resolve to an issue or pull request with the number of 429.") ==
        "not-found");
  CHECK(trouble("404 {message: 404 Not found}") == "not-found");
  CHECK(trouble("404 {message: 404 Project Not Found}") == "refused");
  CHECK(trouble("the 'o/n' repository has disabled issues") == "refused");
  CHECK(trouble("") == "refused");
}

TEST_CASE("a time limit and a missing program say so, whatever was printed") {
  ProcessResult result;
  result.timed_out = true;
  result.err = "dial tcp";
  CHECK(trouble_of(result) == Trouble::TimedOut);
  result = {};
  result.exit_status = 127;
  CHECK(trouble_of(result) == Trouble::NoProgram);
}

TEST_CASE("the number of a created issue is the last one of an address") {
  CHECK(created_number("https://github.com/o/n/issues/12\n") == 12);
  CHECK(created_number("- Creating issue in g/n\n#7 See /issues/3\n https://h/g/n/-/issues/7\n") ==
        7);
  CHECK(created_number("https://gitlab.com/g/n/-/work_items/8") == 8);
  CHECK_FALSE(created_number("https://github.com/o/n/issues/"));
  CHECK_FALSE(created_number("https://github.com/o/n/issues/new"));
  CHECK_FALSE(created_number(""));
}

TEST_CASE("a program gets neither NULs nor more than a host takes, and keeps the marker") {
  const Client client("printf", ".", "", {}, std::chrono::seconds(10));
  CHECK(client.run({"%s", std::string("a\0b", 3)}) == "ab");
  const std::string mark = "\n\n<!-- git-session:0123456789abcdef -->";
  const std::string given = client.run({"%s", std::string(500'000, 'x') + mark});
  CHECK(given.size() < 65'536);
  CHECK(given.ends_with(mark));
}

TEST_CASE("an error is in the program's own words, without its usage") {
  const Client client("sh", ".", "", {}, std::chrono::seconds(10));
  try {
    (void)client.run(
        {"-c", "printf '\\033[31mfirst\\033[0m\\nsecond\\n\\nUsage: x\\n' >&2; exit 3"});
    FAIL("nothing was thrown");
  } catch (const TrackerError& error) {
    CHECK(error.message() == "sh: first; second");
    CHECK(error.trouble() == Trouble::Refused);
  }
}

}  // namespace
}  // namespace gs::tracker
