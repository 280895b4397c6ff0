#include "githooks/call.h"

#include <doctest/doctest.h>

#include "githooks/judge/leaked_snapshots.h"

namespace gs::githooks {
namespace {

const std::string kOne(40, '1');
const std::string kNull(40, '0');

}  // namespace

TEST_CASE("a pushed ref is read from its line") {
  const auto refs = parse_pushed_refs("refs/heads/a " + kOne + " refs/heads/b " + kNull + "\n" +
                                      "(delete) " + kNull + " refs/heads/c " + kOne + "\n");
  REQUIRE(refs.size() == 2);
  CHECK(refs[0].source == "refs/heads/a");
  CHECK(refs[0].object.hex() == kOne);
  CHECK(refs[0].there_before.is_null());
  CHECK(refs[0].refspec() == "refs/heads/a:refs/heads/b");
  CHECK(refs[1].is_deletion());
  CHECK(refs[1].refspec() == ":refs/heads/c");
}

TEST_CASE("a source may hold spaces, and a line of another form is refused") {
  const std::string line = "main@{2 days ago} " + kOne + " refs/heads/b " + kNull + "\n";
  const auto refs = parse_pushed_refs(line + "\n");
  REQUIRE(refs.size() == 1);
  CHECK(refs[0].source == "main@{2 days ago}");
  CHECK(refs[0].target == "refs/heads/b");
  for (const char* other : {"something else\n", "refs/heads/a x refs/heads/b y\n", " \n"}) {
    CAPTURE(other);
    CHECK_THROWS(static_cast<void>(parse_pushed_refs(line + other)));
  }
}

TEST_CASE("a snapshot is told by either name, a deletion is none") {
  const auto by_name = [](const std::string& line) {
    return snapshot_by_name(parse_pushed_refs(line).at(0)).has_value();
  };
  CHECK(by_name("refs/so-snapshots/s/wave-1-a " + kOne + " refs/heads/b " + kNull));
  CHECK(by_name("HEAD " + kOne + " refs/so-snapshots/s/wave-1-a " + kNull));
  CHECK_FALSE(by_name("(delete) " + kNull + " refs/so-snapshots/s/wave-1-a " + kOne));
  CHECK(by_name("HEAD " + kOne + " refs/so-snapshots " + kNull));
  CHECK(by_name("HEAD " + kOne + " refs/SO-Snapshots/s/wave-1-a " + kNull));
  CHECK(by_name("HEAD " + kOne + " refs/namespaces/n/refs/so-snapshots/s/wave-1-a " + kNull));
  CHECK_FALSE(by_name("refs/heads/a " + kOne + " refs/heads/so-snapshots " + kNull));
  CHECK_FALSE(by_name("refs/heads/a " + kOne + " refs/heads/xrefs/so-snapshots/x " + kNull));
}

}  // namespace gs::githooks
