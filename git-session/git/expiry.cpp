#include "git/expiry.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/scanner.h"
#include "base/text.h"

namespace gs::git {
namespace {

bool is_unit(std::string_view word) {
  constexpr std::array<std::string_view, 7> kUnits{"second", "minute", "hour", "day",
                                                   "week",   "month",  "year"};
  if (word.ends_with('s')) word.remove_suffix(1);
  return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
}

// "14.days", "2.weeks.ago", "1 day 6 hours ago"
bool is_relative(std::string_view text) {
  constexpr std::string_view kSeparators = ". ";
  constexpr std::size_t kMostDigits = 5;  // more would exceed git's range of dates
  Scanner scanner(text);
  while (true) {
    if (scanner.take_while(is_digit, kMostDigits).empty()) return false;
    if (!scanner.take_any(kSeparators) || !is_unit(scanner.take_while(is_lower))) return false;
    if (scanner.at_end()) return true;
    if (!scanner.take_any(kSeparators)) return false;
    if (scanner.rest() == "ago") return true;
  }
}

bool take_time(Scanner& scanner) {
  if (!scanner.number(2, 0, 23) || !scanner.take(':')) return false;
  if (!scanner.number(2, 0, 59)) return false;
  if (!scanner.take(':')) return true;
  if (!scanner.number(2, 0, 60)) return false;
  return !scanner.take('.') || !scanner.take_while(is_digit, 9).empty();
}

bool take_zone(Scanner& scanner) {
  scanner.take(' ');
  if (scanner.take('z')) return true;
  if (!scanner.take_any("+-") || !scanner.number(2, 0, 14)) return false;
  scanner.take(':');
  return scanner.number(2, 0, 59).has_value();
}

// "2026-11-22", "2026-11-22T12:59[:15[.123]][Z|+02:00|+0200]"
bool is_iso_date(std::string_view text) {
  constexpr int kFirstYear = 1970;
  constexpr int kLastYear = 2099;  // the last that git accepts
  Scanner scanner(text);
  if (!scanner.number(4, kFirstYear, kLastYear) || !scanner.take('-')) return false;
  if (!scanner.number(2, 1, 12) || !scanner.take('-')) return false;
  if (!scanner.number(2, 1, 31)) return false;
  if (scanner.at_end()) return true;
  if (!scanner.take_any("t ") || !take_time(scanner)) return false;
  return scanner.at_end() || (take_zone(scanner) && scanner.at_end());
}

}  // namespace

bool is_expiry_value(std::string_view text) {
  const std::string lower = to_lower(trim(text));
  return lower == "never" || lower == "now" || is_relative(lower) || is_iso_date(lower);
}

std::optional<Expiry> parse_expiry(const GitCommand& git, const std::string& text, Timestamp now) {
  if (!is_expiry_value(text)) return std::nullopt;
  const std::string value = to_lower(trim(text));
  if (value == "never") return Expiry{true, {}};
  // Like git: everything has expired, including what was made within this second.
  if (value == "now") return Expiry{false, now + std::chrono::seconds(1)};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  ProcessOptions options;
  options.environment["GIT_TEST_DATE_NOW"] = std::to_string(seconds);  // one "now" for all
  options.environment["GIT_EXPIRY_VALUE"] = std::string(trim(text));
  const std::string answer = git.output({"--config-env=session.value=GIT_EXPIRY_VALUE", "config",
                                         "--type=expiry-date", "--get", "session.value"},
                                        options);
  std::int64_t time = 0;
  const std::string_view digits = trim(answer);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), time);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return Expiry{false, Timestamp(std::chrono::seconds(time))};
}

}  // namespace gs::git
