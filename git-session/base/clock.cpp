#include "base/clock.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "base/text.h"

namespace gs {
namespace {

using std::chrono::milliseconds;

std::tm local_time(Timestamp time) {
  // localtime_r alone may not notice that TZ has changed.
  tzset();
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm fields{};
  localtime_r(&seconds, &fields);
  return fields;
}

std::string format_local(Timestamp time, const char* format) {
  const std::tm fields = local_time(time);
  std::array<char, 32> buffer{};
  return {buffer.data(), std::strftime(buffer.data(), buffer.size(), format, &fields)};
}

[[gnu::format(printf, 1, 2)]] std::string print(const char* format, ...) {
  std::array<char, 64> buffer{};
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(buffer.data(), buffer.size(), format, arguments);
  va_end(arguments);
  return buffer.data();
}

}  // namespace

Timestamp SystemClock::now() const {
  if (const char* fixed = std::getenv("GIT_TEST_DATE_NOW"); fixed != nullptr) {
    if (const auto seconds = parse_number(fixed, 12)) {
      return Timestamp(std::chrono::seconds(*seconds));
    }
  }
  return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

std::string format_utc(Timestamp time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss<milliseconds> clock(time - day);
  return format_utc_day(time) +
         print("T%02d:%02d:%02d.%03dZ", static_cast<int>(clock.hours().count()),
               static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
               static_cast<int>(clock.subseconds().count()));
}

std::string format_utc_day(Timestamp time) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(time));
  return print("%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
               static_cast<unsigned>(date.day()));
}

std::string format_local_day(Timestamp time) {
  return format_local(time, "%Y-%m-%d");
}

std::string format_local_hhmm(Timestamp time) {
  return format_local(time, "%H%M");
}

std::string format_duration(milliseconds duration) {
  const long long ms = duration.count() < 0 ? 0 : duration.count();
  if (const long long tenths = (ms + 50) / 100; tenths < 600) {
    return print("%lld.%lld s", tenths / 10, tenths % 10);
  }
  if (const long long seconds = (ms + 500) / 1000; seconds < 3600) {
    return print("%lld min %02lld s", seconds / 60, seconds % 60);
  }
  const long long minutes = (ms + 30'000) / 60'000;
  return print("%lld h %02lld min", minutes / 60, minutes % 60);
}

std::string format_age(milliseconds age) {
  const long long minutes = age.count() / 60'000;
  const long long hours = minutes / 60;
  const long long days = hours / 24;
  const auto ago = [](long long count, std::string_view unit) {
    return plural(static_cast<std::size_t>(count), unit) + " ago";
  };
  if (minutes < 1) {
    return "just now";
  }
  if (hours < 1) {
    return ago(minutes, "minute");
  }
  if (days < 1) {
    return ago(hours, "hour");
  }
  if (days < 14) {
    return ago(days, "day");
  }
  if (days < 60) {
    return ago(days / 7, "week");
  }
  return days < 730 ? ago(days / 30, "month") : ago(days / 365, "year");
}

}  // namespace gs
