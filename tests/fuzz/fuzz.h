#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"

// What a harness implements; libFuzzer calls it, and so does replay.cpp with each seed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace gs::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return size == 0 ? std::string_view()
                   : std::string_view(reinterpret_cast<const char*>(data), size);
}

// Ends the run if a property does not hold.
inline void require(bool holds) {
  if (!holds) std::abort();
}

// An input may be refused with an Error; anything else that is thrown ends the run.
template <typename Action>
void allow_error(Action action) {
  try {
    action();
  } catch (const Error&) {  // refusing is allowed
    return;
  }
}

}  // namespace gs::fuzz
