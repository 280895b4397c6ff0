#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gs {

// The process's exit codes, after git's convention (docs/commands.md).
enum class ExitCode : int {
  Done = 0,
  No = 1,              // the answer is no: a gate failed, a violation, something stayed undeleted
  DecisionNeeded = 2,  // there is no terminal to ask on
  Fatal = 128,
  Usage = 129,
};

enum class ErrorKind {
  Fatal,    // the command cannot continue
  Refused,  // the command is valid, but will not be carried out
  Usage,    // the command line is wrong
};

// The only error type. Thrown when a command cannot continue, caught in main.cpp. The message says
// what failed and where ("file:line" if any), in lower case without a full stop; the hint says what
// to do.
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
// Of a system call that failed because nothing has that path.
[[nodiscard]] bool is_absent(int error_number);

}  // namespace gs
