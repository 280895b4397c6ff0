#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gs {

// What the process answers with; git's own convention (contract in docs/commands.md).
enum class ExitCode : int {
  Done = 0,
  No = 1,              // the answer is no: a gate failed, a violation, something stayed undeleted
  DecisionNeeded = 2,  // nobody could be asked
  Fatal = 128,
  Usage = 129,
};

enum class ErrorKind {
  Fatal,    // the command cannot go on
  Refused,  // the command understood and will not do it
  Usage,    // the command line is wrong
};

// The one error type. Thrown where something cannot go on, caught in main.cpp. The message says
// what and where ("file:line" where there is one), lower case, no full stop; the hint says what to
// do.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

  [[nodiscard]] Error with_hint(std::string hint) const {
    Error copy = *this;
    copy.hint_ = std::move(hint);
    return copy;
  }

  [[nodiscard]] ErrorKind kind() const { return kind_; }
  [[nodiscard]] std::string message() const { return what(); }
  [[nodiscard]] const std::string& hint() const { return hint_; }
  [[nodiscard]] ExitCode exit_code() const;

 private:
  ErrorKind kind_;
  std::string hint_;
};

[[nodiscard]] Error fatal(const std::string& message);
[[nodiscard]] Error refused(const std::string& message);
[[nodiscard]] Error usage_error(const std::string& message);
// A failed system call: "cannot <action> '<path>': <strerror(error_number)>".
[[nodiscard]] Error system_error(std::string_view action, std::string_view path, int error_number);

}  // namespace gs
