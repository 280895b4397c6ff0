#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/ascii.h"

namespace gs {

// Takes parts off the front of a text. Every function returns whether its part was there, and takes
// nothing if it was not.
class Scanner {
 public:
  explicit constexpr Scanner(std::string_view text) : rest_(text) {}

  [[nodiscard]] constexpr bool at_end() const { return rest_.empty(); }
  [[nodiscard]] constexpr std::string_view rest() const { return rest_; }

  constexpr bool take(char c) { return take_any(std::string_view(&c, 1)); }
  constexpr bool take_any(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // The longest run of such characters; at most `most`.
  template <typename Predicate>
  constexpr std::string_view take_while(Predicate is_so,
                                        std::size_t most = std::string_view::npos) {
    const std::string_view within = rest_.substr(0, most);
    const auto end = std::find_if_not(within.begin(), within.end(), is_so);
    const std::string_view taken = within.substr(0, static_cast<std::size_t>(end - within.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  // Exactly `digits` digits (at most nine), a number from `low` to `high`.
  constexpr std::optional<int> number(std::size_t digits, int low, int high) {
    Scanner ahead = *this;
    const std::string_view text = ahead.take_while(is_digit, digits);
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    if (text.size() < digits || value < low || value > high) return std::nullopt;
    *this = ahead;
    return value;
  }

 private:
  std::string_view rest_;
};

}  // namespace gs
