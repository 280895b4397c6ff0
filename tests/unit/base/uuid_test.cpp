#include "base/uuid.h"

#include <doctest/doctest.h>

#include <set>

using namespace gs;

TEST_CASE("a uuid is of version 4 and of RFC 4122's variant, and no two are the same") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = random_uuid();
    REQUIRE(uuid.size() == 36);
    for (std::size_t at = 0; at < uuid.size(); ++at) {
      const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
      const bool hex = std::string("0123456789abcdef").find(uuid[at]) != std::string::npos;
      CHECK((dash ? uuid[at] == '-' : hex));
    }
    CHECK(uuid[14] == '4');
    CHECK(std::string("89ab").find(uuid[19]) != std::string::npos);
    seen.insert(uuid);
  }
  CHECK(seen.size() == 1000);
}
