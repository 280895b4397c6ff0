#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gs {

// Wall-clock time in milliseconds since 1970-01-01T00:00:00Z.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
};

// The system's clock; fixed to GIT_TEST_DATE_NOW (seconds, as in git's own tests) if that is set.
class SystemClock : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override;
};

// "2026-11-22T12:59:15.123Z"
[[nodiscard]] std::string format_utc(Timestamp time);
// "2026-11-22"
[[nodiscard]] std::string format_utc_day(Timestamp time);
// In the local time zone: "2026-11-22" and "1259".
[[nodiscard]] std::string format_local_day(Timestamp time);
[[nodiscard]] std::string format_local_hhmm(Timestamp time);
// ISO 8601 date-time with zone ("Z", "+02:00", "+0200"), seconds and fraction optional; a bare date
// is midnight UTC; without a zone it is UTC. Absent when malformed.
[[nodiscard]] std::optional<Timestamp> parse_iso8601(std::string_view text);
// "30m", "1h30m", "45s", "250ms", "2d"; a bare number is seconds. Absent when malformed or
// negative.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);
// For people: "0.4 s", "12.3 s", "4 min 05 s", "2 h 13 min".
[[nodiscard]] std::string format_duration(std::chrono::milliseconds duration);
// For people: "just now", "5 minutes ago", "3 days ago".
[[nodiscard]] std::string format_age(std::chrono::milliseconds age);

}  // namespace gs
