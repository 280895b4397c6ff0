#include "base/error.h"

#include <cstring>

namespace gs {

ExitCode Error::exit_code() const {
  switch (kind_) {
    case ErrorKind::Refused:
      return ExitCode::No;
    case ErrorKind::Usage:
      return ExitCode::Usage;
    case ErrorKind::Fatal:
      break;
  }
  return ExitCode::Fatal;
}

Error fatal(std::string message) {
  return {ErrorKind::Fatal, std::move(message)};
}

Error refused(std::string message) {
  return {ErrorKind::Refused, std::move(message)};
}

Error usage_error(std::string message) {
  return {ErrorKind::Usage, std::move(message)};
}

Error system_error(std::string_view action, std::string_view path, int error_number) {
  std::string message = "cannot ";
  message.append(action).append(" '").append(path).append("': ");
  message += std::strerror(error_number);
  return fatal(std::move(message));
}

}  // namespace gs
