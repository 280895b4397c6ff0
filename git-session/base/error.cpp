#include "base/error.h"

#include <cerrno>
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

Error fatal(const std::string& message) {
  return {ErrorKind::Fatal, message};
}

Error refused(const std::string& message) {
  return {ErrorKind::Refused, message};
}

Error usage_error(const std::string& message) {
  return {ErrorKind::Usage, message};
}

Error system_error(std::string_view action, std::string_view path, int error_number) {
  std::string message = "cannot ";
  message.append(action).append(" '").append(path).append("': ");
  message += std::strerror(error_number);
  return fatal(message);
}

bool is_absent(int error_number) {
  return error_number == ENOENT || error_number == ENOTDIR;
}

}  // namespace gs
