#include <array>
#include <string_view>

#include "base/clock.h"
#include "base/scanner.h"
#include "base/text.h"

namespace gs {

namespace {

using std::chrono::milliseconds;

std::optional<Timestamp> scan_day(Scanner& scanner) {
  const auto year = scanner.number(4, 0, 9999);
  if (!year || !scanner.take('-')) {
    return std::nullopt;
  }
  const auto month = scanner.number(2, 1, 12);
  if (!month || !scanner.take('-')) {
    return std::nullopt;
  }
  const auto day = scanner.number(2, 1, 31);
  if (!day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) {
    return std::nullopt;
  }
  return Timestamp(std::chrono::sys_days(date));
}

// ".123": truncated to milliseconds.
std::optional<milliseconds> scan_fraction(Scanner& scanner) {
  if (!scanner.take_any(".,")) {
    return milliseconds(0);
  }
  const std::string_view digits = scanner.take_while(is_digit);
  if (digits.empty()) {
    return std::nullopt;
  }
  int value = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  }
  return milliseconds(value);
}

std::optional<milliseconds> scan_time_of_day(Scanner& scanner) {
  const auto hour = scanner.number(2, 0, 23);
  if (!hour || !scanner.take(':')) {
    return std::nullopt;
  }
  const auto minute = scanner.number(2, 0, 59);
  if (!minute) {
    return std::nullopt;
  }
  const milliseconds whole = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  if (!scanner.take(':')) {
    return whole;
  }
  const auto second = scanner.number(2, 0, 59);
  if (!second) {
    return std::nullopt;
  }
  const auto fraction = scan_fraction(scanner);
  if (!fraction) {
    return std::nullopt;
  }
  return whole + std::chrono::seconds(*second) + *fraction;
}

// East of Greenwich is positive.
std::optional<milliseconds> scan_zone(Scanner& scanner) {
  if (scanner.at_end() || scanner.take_any("Zz")) {
    return milliseconds(0);
  }
  const bool east = scanner.take('+');
  if (!east && !scanner.take('-')) {
    return std::nullopt;
  }
  const auto hours = scanner.number(2, 0, 23);
  if (!hours) {
    return std::nullopt;
  }
  scanner.take(':');
  const auto minutes = scanner.number(2, 0, 59);
  if (!minutes) {
    return std::nullopt;
  }
  const milliseconds offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return east ? offset : -offset;
}

}  // namespace

std::optional<Timestamp> parse_iso8601(std::string_view text) {
  Scanner scanner(text);
  const auto day = scan_day(scanner);
  if (!day || scanner.at_end()) {
    return day;
  }
  if (!scanner.take_any("Tt ")) {
    return std::nullopt;
  }
  const auto time_of_day = scan_time_of_day(scanner);
  if (!time_of_day) {
    return std::nullopt;
  }
  const auto offset = scan_zone(scanner);
  if (!offset || !scanner.at_end()) {
    return std::nullopt;
  }
  return *day + *time_of_day - *offset;
}

std::optional<milliseconds> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    long long ms;
  };
  static constexpr std::array<Unit, 5> kUnits{
      {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};
  constexpr std::size_t kMaxDigits = 9;  // cannot overflow: 10^9 days are 10^17 ms
  if (const auto seconds = parse_number(text, kMaxDigits)) {
    return milliseconds(*seconds * 1000);
  }
  Scanner scanner(text);
  milliseconds sum{0};
  std::size_t unit = 0;  // each at most once, larger before smaller
  do {
    const auto count = parse_number(scanner.take_while(is_digit), kMaxDigits);
    const std::string_view name = scanner.take_while(is_lower);
    while (unit < kUnits.size() && kUnits[unit].name != name) {
      ++unit;
    }
    if (!count || unit == kUnits.size()) {
      return std::nullopt;
    }
    sum += milliseconds(*count * kUnits[unit].ms);
    ++unit;
  } while (!scanner.at_end());
  return sum;
}

}  // namespace gs
