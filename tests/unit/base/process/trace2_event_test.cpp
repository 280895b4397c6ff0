#include "base/process/trace2_event.h"

#include <doctest/doctest.h>

using namespace gs;
using namespace gs::trace2;

namespace {

using Kind = Event::Kind;

const Origin kOrigin{"12:59:15.123456", "2026-11-22T12:59:15.123456Z", "outer/own"};

Event child_start() {
  Event event;
  event.kind = Kind::ChildStart;
  event.t_abs = 0.5;
  event.child = 3;
  event.text = "/a b";
  event.argv = {"git", "-C", "/a b", "commit", "-m", "it's \"x\""};
  return event;
}

Event child_exit() {
  Event event;
  event.kind = Kind::ChildExit;
  event.t_abs = 1.25;
  event.t_rel = 0.75;
  event.child = 3;
  event.pid = 4711;
  event.code = 130;
  return event;
}

}  // namespace

TEST_CASE("the event form is git's JSON") {
  CHECK(json_line(child_start(), kOrigin, false) ==
        R"({"event":"child_start","sid":"outer/own","thread":"main",)"
        R"("time":"2026-11-22T12:59:15.123456Z","child_id":3,"child_class":"?","cd":"/a b",)"
        R"("use_shell":false,"argv":["git","-C","/a b","commit","-m","it's \"x\""]})"
        "\n");
  CHECK(json_line(child_exit(), kOrigin, true) ==
        R"({"event":"child_exit","sid":"outer/own","thread":"main",)"
        R"("child_id":3,"pid":4711,"code":130,"t_rel":0.750000})"
        "\n");
  Event event;
  event.text = "git-session 1.0";
  CHECK(json_line(event, kOrigin, true) ==
        R"({"event":"version","sid":"outer/own","thread":"main",)"
        R"("time":"2026-11-22T12:59:15.123456Z","evt":"4","exe":"git-session 1.0"})"
        "\n");
  event = {};
  event.kind = Kind::CommandName;
  event.text = "session-close";
  event.hierarchy = "_run_dashed_/session-close";
  CHECK(json_line(event, kOrigin, true) ==
        R"({"event":"cmd_name","sid":"outer/own","thread":"main",)"
        R"("name":"session-close","hierarchy":"_run_dashed_/session-close"})"
        "\n");
}

TEST_CASE("what an argument holds cannot leave its JSON string, nor its line") {
  Event event;
  event.kind = Kind::Start;
  event.argv = {"\x1b[31m\n\t\xff", "\xE2\x80\xAE\xF0\x9F\x98\x80\xF3\xA0\x80\x81"};
  CHECK(json_line(event, kOrigin, true) ==
        R"({"event":"start","sid":"outer/own","thread":"main","t_abs":0.000000,)"
        "\"argv\":[\"\\u001b[31m\\u000a\\u0009\\ufffd\",\"\\u202e\xF0\x9F\x98\x80"
        "\\udb40\\udc01\"]}\n");
  CHECK(normal_line(event, kOrigin, true) ==
        "start '\\x1b[31m\\x0a\\x09\\xff' '<U+202E>\xF0\x9F\x98\x80<U+E0001>'\n");
}

TEST_CASE("the normal form is git's, padded to its column") {
  const std::string line = normal_line(child_start(), kOrigin, false);
  CHECK(line == "12:59:15.123456" + std::string(35, ' ') +
                    "child_start[3] cd '/a b'; git -C '/a b' commit -m 'it'\\''s \"x\"'\n");
  CHECK(normal_line(child_exit(), kOrigin, true) ==
        "child_exit[3] pid:4711 code:130 elapsed:0.750000\n");
  Event event;
  event.kind = Kind::Exit;
  event.t_abs = 2;
  event.code = 1;
  CHECK(normal_line(event, kOrigin, true) == "exit elapsed:2.000000 code:1\n");
}

TEST_CASE("the perf form has git's columns") {
  CHECK(perf_line(child_exit(), kOrigin, true) ==
        "d1 | main                     | child_exit   |     |  1.250000 |  0.750000 |              "
        "| [ch3] pid:4711 code:130\n");
  const std::string line = perf_line(child_start(), kOrigin, false);
  CHECK(line.starts_with("12:59:15.123456 " + std::string(28, ' ') + " | d1 | main "));
  CHECK(
      line.ends_with("| [ch3] class:? cd:'/a b' argv:[git -C '/a b' commit -m 'it'\\''s "
                     "\"x\"']\n"));
}

TEST_CASE("passwords in URLs are redacted, wherever in an argument they are") {
  CHECK(redact("https://me:secret@example.org/x") == "https://me:<REDACTED>@example.org/x");
  CHECK(redact("url.https://me:a:b@h/.insteadOf=ssh://git@h/") ==
        "url.https://me:<REDACTED>@h/.insteadOf=ssh://git@h/");
  CHECK(redact("https://token@github.com/o/n.git") == "https://<REDACTED>@github.com/o/n.git");
  CHECK(redact("ssh://git:pw@host:22/x") == "ssh://git:<REDACTED>@host:22/x");
  CHECK(redact("https://example.org/a@b:c") == "https://example.org/a@b:c");
  CHECK(redact("curl 'http://a:b@c' && curl 'http://d:e@f'") ==
        "curl 'http://a:<REDACTED>@c' && curl 'http://d:<REDACTED>@f'");
  CHECK(redact("me@example.org") == "me@example.org");
  CHECK(redact("://") == "://");
}

TEST_CASE("a session id is git's: the time, the host as the parent calls it, the process") {
  CHECK(own_sid("2026-11-22T12:59:15.123456Z", "t-H86dd1cf4-P00000001/u-H86dd1cf4-P00000002",
                0x59a8) == "20261122T125915.123456Z-H86dd1cf4-P000059a8");
  for (const char* parent : {"", "anything", "t-H86dd", "t-HXYZdd1cf-P00000001"})
    CHECK(own_sid("2026-11-22T12:59:15.123456Z", parent, 1) ==
          "20261122T125915.123456Z-Localhost-P00000001");
}
