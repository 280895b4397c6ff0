#include "snapshot/names.h"

#include <doctest/doctest.h>

#include <string>

#include "base/process/process.h"
#include "support/temp_repo.h"

using namespace gs::snapshot;

TEST_CASE("what git takes in a ref name stays, everything else becomes a dash") {
  CHECK(map_component("main-2026-03-02-0800") == "main-2026-03-02-0800");
  CHECK(map_component("A_z.9") == "A_z.9");
  CHECK(map_component("feature/x y") == "feature-x-y");
  CHECK(map_component("a~b^c:d?e*f[g\\h@{i") == "a-b-c-d-e-f-g-h--i");
  CHECK(map_component("\xc3\xbc") == "--");
}

TEST_CASE("dots and locks that git refuses are mapped") {
  CHECK(map_component(".hidden") == "-hidden");
  CHECK(map_component("end.") == "end-");
  CHECK(map_component("a..b") == "a.-b");
  CHECK(map_component("x.lock") == "x-lock");
  CHECK(map_component("") == "-");
  CHECK(map_component(".") == "-");
}

TEST_CASE("git accepts every mapped name") {
  gs::test::make_hermetic();
  for (const std::string raw :
       {"", ".", "..", "...", "....", "a...b", ".lock", "..lock", "x.lock.", "x.lock.lock", "a/b",
        "@", "@{", "-", "--", "a\nb", "\x7f", "\xff\xfe", "a..lock"}) {
    for (const std::string& ref :
         {ref_name({map_component(raw), 0, "x"}), ref_name({"s", 12, map_component(raw)}),
          ref_name({"s", 12, map_component(raw) + ".2"})}) {
      CAPTURE(ref);
      CHECK(gs::run_process({"git", "check-ref-format", ref}).ok());
      CHECK(parse_ref_name(ref).has_value());
    }
  }
}

TEST_CASE("a name too long for a file is cut, also where the cut uncovers a dot") {
  const std::string mapped = map_component(std::string(199, 'a') + ".bcd");
  CHECK(mapped.size() == 200);
  CHECK(mapped.back() == '-');
}

TEST_CASE("a ref name is read back as it was made") {
  const auto name = parse_ref_name(ref_name({"main-1", 12, "before-close.2"}));
  REQUIRE(name);
  CHECK(name->session == "main-1");
  CHECK(name->wave == 12);
  CHECK(name->label == "before-close.2");
}

TEST_CASE("other refs are not taken for snapshots") {
  for (const std::string ref :
       {"refs/heads/main", "refs/so-snapshots/s", "refs/so-snapshots/s/",
        "refs/so-snapshots//wave-1-x", "refs/so-snapshots/s/wave-1", "refs/so-snapshots/s/wave-1-",
        "refs/so-snapshots/s/wave-x-y", "refs/so-snapshots/s/wave--1-y",
        "refs/so-snapshots/s/wave-03-y", "refs/so-snapshots/s/wave-1-x/y",
        "refs/so-snapshots/s/wave-99999999999999999999-x", "so-snapshots/s/wave-1-x"}) {
    CAPTURE(ref);
    CHECK_FALSE(parse_ref_name(ref));
  }
}

TEST_CASE("a subject keeps the raw session id") {
  const std::string text = subject("feature/x", 3, "before close");
  CHECK(text == "so-snapshot feature/x wave 3 before close");
  CHECK(session_in_subject(text) == "feature/x");
  CHECK_FALSE(session_in_subject("WIP on main: 1234567 subject"));
  CHECK_FALSE(session_in_subject("so-snapshot without a number wave x y"));
  CHECK_FALSE(session_in_subject("so-snapshot s wave 3"));
}

TEST_CASE("of several readings of a subject the one that fits the ref counts") {
  const std::string tricky = subject("a wave 1 b", 2, "c");
  CHECK(raw_session({"a-wave-1-b", 2, "c"}, tricky) == "a wave 1 b");
  CHECK(raw_session({"a", 1, "b-wave-2-c"}, tricky) == "a");
  CHECK(raw_session({"a", 1, "b-wave-2-c.3"}, tricky) == "a");
  CHECK_FALSE(raw_session({"other", 2, "c"}, tricky));
  CHECK_FALSE(raw_session({"a-wave-1-b", 2, "cc"}, tricky));
}
