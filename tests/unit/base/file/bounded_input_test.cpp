#include <doctest/doctest.h>
#include <unistd.h>

#include <array>

#include "base/file/file.h"

using namespace gs;
using namespace std::chrono_literals;
using End = BoundedInput::End;

namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    out = UniqueFd(ends[0]);
    in = UniqueFd(ends[1]);
  }
  void give(std::string_view text) const {
    REQUIRE(write(in.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  UniqueFd out, in;
};

}  // namespace

TEST_CASE("input is read to its end") {
  Pipe pipe;
  pipe.give("abc");
  pipe.in.close();
  const BoundedInput input = read_bounded(pipe.out.get(), 3, 1s);
  CHECK(input.end == End::Complete);
  CHECK(input.text == "abc");
}

TEST_CASE("input that is too large, too slow or unreadable says so") {
  Pipe large;
  large.give("abcd");
  CHECK(read_bounded(large.out.get(), 3, 1s).end == End::TooLarge);
  const Pipe slow;
  slow.give("a");
  CHECK(read_bounded(slow.out.get(), 3, 20ms).end == End::TooSlow);
  CHECK(read_bounded(slow.in.get(), 3, 20ms).end != End::Complete);
}
