#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "close/phase.h"
#include "session/decision.h"

namespace gs::close {

// What a close is about.
struct Opening {
  std::string title;   // the session's, or its id
  std::string branch;  // "" when detached
  std::optional<std::chrono::seconds> age = {};
};

// One thing that a phase has found or done, said as soon as it is known.
struct Line {
  Outcome outcome = Outcome::Ok;
  std::string label = {};   // what: "test", "commit"
  std::string text = {};    // one line
  std::string figure = {};  // a duration, an amount; "" for none
  std::string below = {};   // several lines that explain it
};

// What a close reports while it runs, and how it asks for decisions. The command line implements
// it.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void opened(const Opening& opening) = 0;
  virtual void said(const Line& line) = 0;
  virtual void phase_started(const Phase& phase) = 0;
  virtual void phase_finished(const PhaseReport& report) = 0;
  // A command of the session (gate, verify) or git runs; see checks::CommandObserver.
  virtual void command_running(std::string_view name, std::string_view chunk,
                               std::string_view last_line, std::chrono::milliseconds elapsed) = 0;
  virtual void message(std::string_view text) = 0;  // a line for stderr
  virtual void not_reached() {}  // dry run: a close would stop before what follows
  // Absent if there is no terminal to ask on.
  [[nodiscard]] virtual std::optional<session::Answer> ask(const session::Decision& decision) = 0;
};

// Passes it on without secrets: hooks, tools and git may have named one.
void say(Observer& observer, Line line);

}  // namespace gs::close
