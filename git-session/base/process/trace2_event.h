#pragma once

#include <string>
#include <string_view>
#include <vector>

// The three forms in which git writes trace2 events; pure.
namespace gs::trace2 {

struct Event {
  enum class Kind { Version, Start, CommandName, Error, ChildStart, ChildExit, Exit, AtExit };
  Kind kind = Kind::Version;
  double t_abs = 0;            // seconds since the process began
  double t_rel = 0;            // of a child's end: seconds since it was started
  std::string text = {};       // a version, a name, a message; of a child where it runs
  std::string hierarchy = {};  // of a command's name: those of its parents before it
  std::vector<std::string> argv = {};
  int child = 0;  // number in this process
  long pid = 0;   // of a child
  int code = 0;
};

// When and by whom.
struct Origin {
  std::string local_time;  // "12:59:15.123456"
  std::string utc_time;    // "2026-11-22T12:59:15.123456Z"
  std::string sid;
};

// Each is a line with its end. `brief`: as git's GIT_TRACE2_BRIEF and its like, without times.
[[nodiscard]] std::string normal_line(const Event& event, const Origin& origin, bool brief);
[[nodiscard]] std::string perf_line(const Event& event, const Origin& origin, bool brief);
[[nodiscard]] std::string json_line(const Event& event, const Origin& origin, bool brief);

// An argument without the password of a URL in it: "https://me:<REDACTED>@host/". Of http and
// https also without a user's name alone, which may be a token.
[[nodiscard]] std::string redact(std::string_view argument);

// The last part of a session id: "20261122T125915.123456Z-H9b68c35f-P000059a8", with the host as it
// is called in the `parent` session id; without one, as by git where it has no name, "Localhost".
[[nodiscard]] std::string own_sid(std::string_view utc_time, std::string_view parent, long pid);

}  // namespace gs::trace2
