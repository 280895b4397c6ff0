#include "close/plan/issue_refs.h"

#include <doctest/doctest.h>

namespace gs::close {
namespace {

TEST_CASE("references to issues without a number are filled in wherever they stand") {
  Json value = {{"a", "Take up: x (" + unfiled_reference(3) + ") and " + unfiled_reference(12)},
                {"b", Json::array({unfiled_reference(0), 5, nullptr, "plain"})},
                {"c", "\x1Aissue x\x1A and \x1Aissue 1"}};
  fill_references(value, [](std::size_t action) { return "#" + std::to_string(action); });
  CHECK(value["a"] == "Take up: x (#3) and #12");
  CHECK(value["b"] == Json::array({"#0", 5, nullptr, "plain"}));
  CHECK(value["c"] == "\x1Aissue x\x1A and \x1Aissue 1");
}

}  // namespace
}  // namespace gs::close
