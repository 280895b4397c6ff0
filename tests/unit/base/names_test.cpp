#include "base/names.h"

#include <doctest/doctest.h>

namespace {

enum class Colour { Red, Green, Unnamed };
constexpr auto kColours =
    std::to_array<gs::Name<Colour>>({{Colour::Red, "red"}, {Colour::Green, "green"}});

constexpr auto kReversed = std::to_array<gs::Name<Colour>>(
    {{Colour::Unnamed, "?"}, {Colour::Green, "g"}, {Colour::Red, "r"}});
constexpr auto kAll = std::to_array<gs::Name<Colour>>(
    {{Colour::Red, "r"}, {Colour::Green, "g"}, {Colour::Unnamed, "?"}});

static_assert(gs::is_complete(kAll));
static_assert(!gs::is_complete(kColours), "a value has no row");
static_assert(!gs::is_complete(kReversed), "the rows are out of order");

}  // namespace

TEST_CASE("a value has its name, and a name its value") {
  CHECK(gs::name_of(kColours, Colour::Green) == "green");
  CHECK(gs::named(kColours, "red") == Colour::Red);
  CHECK_FALSE(gs::named(kColours, "Red"));
  CHECK_FALSE(gs::named(kColours, ""));
}

TEST_CASE("a value that was forgotten in the table does not pass for another") {
  CHECK_THROWS_AS((void)gs::name_of(kColours, Colour::Unnamed), std::logic_error);
}
