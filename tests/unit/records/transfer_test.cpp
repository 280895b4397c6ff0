#include "records/transfer.h"

#include <doctest/doctest.h>

#include "formats/errors.h"

using namespace gs;
using namespace gs::records;
using gs::test::contains;
using gs::test::error_of;

TEST_CASE("exported records are read as they were, and added once") {
  const std::string sessions =
      "{\"session_id\":\"a\",\"x\":[1,2.5,null]}\ntorn {\n{\"session_id\":\"b\"}\n{\"y\":1}\n";
  const Transfer collected = collect_records(sessions, R"({"id":"l","insight":"ü"})");
  CHECK(collected.left_out == 2);
  const Transfer read = parse_transfer(render_transfer(collected), "file");
  CHECK(read.sessions == collected.sessions);
  CHECK(read.learnings == collected.learnings);

  const NewLines added = new_lines(R"({"session_id":"b","other":1})", read.sessions, "session_id");
  CHECK(added.text == "{\"session_id\":\"a\",\"x\":[1,2.5,null]}\n");
  CHECK(added.added == 1);
  CHECK(added.known == 1);
}

TEST_CASE("a header of another format says what it needs") {
  const auto message = [](const std::string& text) {
    return error_of([&] { (void)parse_transfer(text, "file"); });
  };
  CHECK(contains(message(R"({"schema":"git-session/records/2","needs":"3.1"})"),
                 "it needs git-session 3.1 or newer"));
  CHECK(contains(message(R"({"schema":"git-session/records/2"})"), "of a newer version"));
  for (const char* header :
       {"", "{}", R"({"schema":"git-session/records/"})", R"({"schema":"git-session/records/0"})",
        R"({"schema":"git-session/records/1x"})", "[1]"})
    CHECK(contains(message(header), "file:1"));
}
