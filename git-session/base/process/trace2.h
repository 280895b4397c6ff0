#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

// What this process starts, as git shows it of itself (git's Documentation/technical/api-trace2).
// GIT_TRACE2, GIT_TRACE2_PERF and GIT_TRACE2_EVENT name targets: "1" or "true" for standard error,
// "2" to "9" for an open descriptor, an absolute path of a file (appended to) or of a directory (a
// new file for each process), "af_unix:[stream:|dgram:]PATH". Only the environment counts: git's
// configuration may come with a repository. Without them nothing here costs more than one branch.
namespace gs::trace2 {

namespace detail {
extern bool is_on;
}
[[nodiscard]] inline bool is_on() {
  return detail::is_on;
}

// First of all in a process, before it has opened a file: "version" and "start". From then on
// children inherit the session id, so that what git writes about itself nests below this process.
// Returns what git would warn of: a target that is none.
[[nodiscard]] std::vector<std::string> begin(int argc, char** argv, std::string_view version);
void command_name(const std::string& name);  // "session-close"
void error(const std::string& message);
void end(int code);  // the process's exit code

// One child: "child_start" at once, "child_exit" when it has ended, else at the end of scope.
class ChildEvents {
 public:
  // `directory`: where it runs; "": where we do. Passwords in URLs are left out
  // (GIT_TRACE2_REDACT).
  ChildEvents(const std::vector<std::string>& argv, const std::string& directory);
  ChildEvents(const ChildEvents&) = delete;
  ChildEvents& operator=(const ChildEvents&) = delete;
  ~ChildEvents();
  // `code`: its exit status, 128 and the number of a signal, -1 if it was not started.
  void ended(pid_t pid, int code);

 private:
  int number_;
  std::chrono::steady_clock::time_point started_;
  bool is_open_ = true;
};

// Descriptors of targets, which are children's targets as well.
[[nodiscard]] const std::vector<int>& inherited_descriptors();

// As long as it lives, events are kept, too, whatever the environment says: the lines of
// GIT_TRACE2_EVENT. One at a time.
class Recording {
 public:
  Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;
  ~Recording();
  [[nodiscard]] const std::string& lines() const { return lines_; }

 private:
  std::string lines_;
  bool was_on_;
};

// The targets that the environment named when the process began, as it named them.
[[nodiscard]] const std::vector<std::string>& named_targets();

}  // namespace gs::trace2
