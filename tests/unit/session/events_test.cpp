#include <doctest/doctest.h>

#include <string>

#include "base/file/file.h"
#include "session/events.h"

namespace gs::session {
namespace {

TEST_CASE("events are told by either name of the session, and named without prefix and dots") {
  const Events events =
      parse_events(R"({"event":"orchestrator.stagnation.detected","session":"a/b-1","pattern":"p"})"
                   "\n\n"
                   R"({"event":"grounding_injected","session_id":"a/b-1","lines":3})"
                   "\n"
                   R"({"event":"grounding_injected","session_id":"a/b-12","lines":3})"
                   "\n"
                   R"({"event":"x","session":"other","about":"a/b-1"})"
                   "\n"
                   R"({"session":"a/b-1"})",
                   "a/b-1");
  REQUIRE(events.events.size() == 3);
  CHECK(events.events[0].name == "stagnation_detected");
  CHECK(events.events[0].value["pattern"] == "p");
  CHECK(events.events[1].name == "grounding_injected");
  CHECK(events.events[2].name.empty());
  CHECK(events.broken == 0);
}

TEST_CASE("torn lines, NULs and what is not an object are counted and passed over") {
  const std::string text = std::string("{\"event\":\"x\",\"session\":\"s\"}\r\n") +
                           "{\"event\":\"x\",\"ses\n" + "[1]\n" + std::string("{\"a\":\0}\n", 8) +
                           "{\"session\":\"s\",}\n" + "{\"event\":7,\"session\":\"s\"}\n" +
                           "{\"event\":\"last\",\"session\":\"s\"";
  const Events events = parse_events(text, "s");
  CHECK(events.events.size() == 2);
  CHECK(events.broken == 5);
}

TEST_CASE("a name that JSON has to escape") {
  const Events events = parse_events("{\"event\":\"x\",\"session\":\"a\\\"b\"}\n", "a\"b");
  CHECK(events.events.size() == 1);
}

TEST_CASE("several files are read, and one that is not there holds nothing") {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/events.jsonl";
  append_lines(file, "{\"event\":\"x\",\"session\":\"s\"}\ntorn\n");
  const Events events =
      read_events(TreeFiles(directory.path()),
                  {RepoPath("none"), RepoPath("events.jsonl"), FilePlace::outside(file)}, "s");
  CHECK(events.events.size() == 2);
  CHECK(events.broken == 2);
}

}  // namespace
}  // namespace gs::session
