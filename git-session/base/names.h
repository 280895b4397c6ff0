#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace gs {

// The names of an enum's values, as files, JSON and messages have them: one table for each enum,
// `constexpr auto kNames = std::to_array<Name<Colour>>({{Colour::Red, "red"}, …})`.
template <typename Enum>
using Name = std::pair<Enum, std::string_view>;

template <typename Enum, std::size_t kSize>
[[nodiscard]] std::string_view name_of(const std::array<Name<Enum>, kSize>& names, Enum value) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [value](const auto& each) { return each.first == value; });
  if (found == names.end()) throw std::logic_error("a value of an enum has no name");
  return found->second;
}

// The value of that name; absent where none has it.
template <typename Enum, std::size_t kSize>
[[nodiscard]] std::optional<Enum> named(const std::array<Name<Enum>, kSize>& names,
                                        std::string_view name) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [name](const auto& each) { return each.second == name; });
  return found == names.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace gs
