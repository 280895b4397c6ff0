#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "base/ascii.h"

namespace gs {

// The names of an enum's values in files, JSON and messages: one table for each enum,
// `constexpr auto kNames = std::to_array<Name<Colour>>({{Colour::Red, "red"}, …})`.
template <typename Enum>
using Name = std::pair<Enum, std::string_view>;

// Whether a value is one of its enum's enumerators: compilers print it as "Colour::Red", and any
// other value as "(Colour)7".
template <auto kValue>
[[nodiscard]] consteval bool is_enumerator() {
  std::string_view text = __PRETTY_FUNCTION__;  // "… [kValue = Colour::Red]"
  text.remove_suffix(1);
  while (is_digit(text.back())) text.remove_suffix(1);
  return text.back() != ')';
}

// Whether the table has every enumerator, in order. For enums that count from 0 without a gap; each
// table is followed by a static_assert of this, since no compiler warns about a missing row.
template <typename Enum, std::size_t kSize>
[[nodiscard]] consteval bool is_complete(const std::array<Name<Enum>, kSize>& names) {
  for (std::size_t i = 0; i < kSize; ++i) {
    if (names[i].first != static_cast<Enum>(i)) return false;
  }
  return !is_enumerator<static_cast<Enum>(kSize)>();
}

template <typename Enum, std::size_t kSize>
[[nodiscard]] std::string_view name_of(const std::array<Name<Enum>, kSize>& names, Enum value) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [value](const auto& each) { return each.first == value; });
  if (found == names.end()) throw std::logic_error("a value of an enum has no name");
  return found->second;
}

// The value of that name; absent if there is none.
template <typename Enum, std::size_t kSize>
[[nodiscard]] std::optional<Enum> named(const std::array<Name<Enum>, kSize>& names,
                                        std::string_view name) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [name](const auto& each) { return each.second == name; });
  return found == names.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace gs
