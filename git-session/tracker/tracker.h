#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "tracker/issue.h"

namespace gs::tracker {

// Why a request to a tracker failed.
enum class Trouble {
  NoProgram,    // gh or glab is not installed
  LoggedOut,    // not logged in, or the token is no longer valid
  Offline,      // no connection
  RateLimited,  // too many requests
  TimedOut,     // no answer within the time limit: the request may have succeeded
  BadAnswer,    // unexpected output
  NotFound,     // no such issue
  Refused,      // anything else: no permission, issues switched off, …
};
[[nodiscard]] std::string_view trouble_name(Trouble trouble);  // "logged-out", "offline", …
// Whether the next request would fail the same way.
[[nodiscard]] bool stops_everything(Trouble trouble);

// The message is the program's own.
class TrackerError : public Error {
 public:
  TrackerError(Trouble trouble, const Error& error) : Error(error), trouble_(trouble) {}
  [[nodiscard]] Trouble trouble() const { return trouble_; }

 private:
  Trouble trouble_;
};

enum class Resolution { Completed, NotPlanned };

struct Filter {
  enum class State { Open, All };
  State state = State::Open;
  std::string title = {};  // words of the title; "" for any
  std::size_t limit = 100;
};

// The issues of a project. Every function but name() may throw a TrackerError.
class Tracker {
 public:
  Tracker() = default;
  Tracker(const Tracker&) = delete;
  Tracker& operator=(const Tracker&) = delete;
  virtual ~Tracker() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;  // local, github, gitlab
  // Whether a pushed commit's "Closes #N" closes the issue, so that it may be closed already.
  [[nodiscard]] virtual bool commits_close_issues() const = 0;
  // The body with its marker. Not idempotent: see Filing.
  virtual Issue create(const NewIssue& issue, const std::string& milestone) = 0;
  virtual void comment(long id, const std::string& text) = 0;
  virtual void close(long id, Resolution resolution) = 0;
  virtual void set_labels(long id, const std::vector<std::string>& add,
                          const std::vector<std::string>& remove) = 0;
  // Newest first, without comments.
  [[nodiscard]] virtual std::vector<Issue> list(const Filter& filter) = 0;
  // With its comments; absent if there is no such issue.
  [[nodiscard]] virtual std::optional<Issue> find(long id) = 0;

  // Writes pending changes (the local tracker's files).
  virtual void save() {}

  // Deviations from the requests since the last call ("filed without labels: …").
  [[nodiscard]] std::vector<std::string> take_remarks();

 protected:
  void remark(std::string text) { remarks_.push_back(std::move(text)); }

 private:
  std::vector<std::string> remarks_;
};

}  // namespace gs::tracker
