#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace gs::checks {

template <std::size_t N>
[[nodiscard]] bool is_one_of(std::string_view text, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), text) != names.end();
}

[[nodiscard]] inline bool is_option(std::string_view word) {
  return word.size() > 1 && word[0] == '-';
}

// "-rf": letters that are options each.
[[nodiscard]] inline bool is_cluster(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-';
}

}  // namespace gs::checks
