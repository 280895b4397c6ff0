#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace gs {

struct BoundedInput {
  enum class End { Complete, TooLarge, TooSlow, Failed };
  std::string text;
  End end = End::Complete;
};

// All that a descriptor gives until its end, at most `limit` bytes, and for no longer than
// `patience` altogether.
[[nodiscard]] BoundedInput read_bounded(int fd, std::size_t limit,
                                        std::chrono::milliseconds patience);

}  // namespace gs
