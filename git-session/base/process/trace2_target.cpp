#include "base/process/trace2_target.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/ascii.h"
#include "base/process/process.h"
#include "base/text.h"

namespace gs::trace2 {
namespace {

constexpr int kNew = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY;
constexpr std::string_view kSocket = "af_unix:";

bool is_directory(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// As git does: a file of this name stops all tracing into a directory that nobody empties.
constexpr const char* kDiscard = "git-trace2-discard";

long most_files() {
  const auto set = environment_variable("GIT_TRACE2_MAX_FILES");
  return set ? std::atol(set->c_str()) : 0;
}

}  // namespace

Target::Target(std::string_view name, const std::string& value, const std::string& sid,
               std::string& problem) {
  const std::string lower = to_lower(value);
  if (value.empty() || value == "0" || lower == "false") return;
  errno = 0;
  if (value == "1" || lower == "true") {
    fd_ = STDERR_FILENO;
  } else if (value.size() == 1 && is_digit(value.front())) {
    fd_ = value.front() - '0';
  } else if (value.starts_with('/')) {
    if (is_directory(value)) {
      open_in(value, sid);
    } else {
      open_path(value);
    }
  } else if (value.starts_with(kSocket)) {
    connect_to(std::string_view(value).substr(kSocket.size()));
  } else {
    problem = "trace2: unknown value for '" + std::string(name) + "': '" + value + "'";
    return;
  }
  // A file that is opened later under this number is no target.
  if (is_numbered() && fcntl(fd_, F_GETFD) < 0) fd_ = -1;
  const bool wants_reason =
      std::atoi(environment_variable("GIT_TRACE2_DST_DEBUG").value_or("").c_str()) > 0;
  if (!is_open() && wants_reason) {
    problem = "trace2: could not open '" + value + "' for '" + std::string(name) +
              "' tracing: " + std::strerror(errno);
  }
}

void Target::open_path(const std::string& path) {
  owned_ = UniqueFd(open(path.c_str(), kNew | O_APPEND, 0666));
  fd_ = owned_.get();
}

void Target::open_in(const std::string& directory, const std::string& sid) {
  constexpr int kAttempts = 10;
  if (const long most = most_files(); most > 0) {
    const std::string discard = join_path(directory, kDiscard);
    if (file_info(discard)) return;
    // git counts "." and "..", too.
    if (list_directory(directory).size() + 2 >= static_cast<std::size_t>(most)) {
      owned_ = UniqueFd(open(discard.c_str(), kNew | O_EXCL, 0666));
      fd_ = owned_.get();
      return;
    }
  }
  for (int attempt = 0; attempt < kAttempts && !owned_.valid(); ++attempt) {
    const std::string end = attempt == 0 ? "" : "." + std::to_string(attempt);
    owned_ = UniqueFd(open((join_path(directory, sid) + end).c_str(), kNew | O_EXCL, 0666));
  }
  fd_ = owned_.get();
}

void Target::connect_to(std::string_view address) {
  const auto only = [&address](std::string_view kind) {
    if (!address.starts_with(kind)) return false;
    address.remove_prefix(kind.size());
    return true;
  };
  const bool stream = only("stream:");
  const bool datagram = !stream && only("dgram:");
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (!address.starts_with('/') || address.size() >= sizeof name.sun_path) {
    errno = EINVAL;
    return;
  }
  address.copy(name.sun_path, sizeof name.sun_path - 1);
  for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
    if (type == SOCK_STREAM ? datagram : stream) continue;
    UniqueFd fd(socket(AF_UNIX, type, 0));
    if (!fd.valid()) return;
    fcntl(fd.get(), F_SETFD, FD_CLOEXEC);
    if (connect(fd.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0) {
      owned_ = std::move(fd);
      fd_ = owned_.get();
      is_socket_ = true;
      return;
    }
    if (errno != EPROTOTYPE) return;
  }
}

// In one call, as git does: whole lines of several processes follow each other in one file.
void Target::write(std::string_view line) {
  ssize_t count = 0;
  do {
#ifdef MSG_NOSIGNAL
    count = is_socket_ ? send(fd_, line.data(), line.size(), MSG_NOSIGNAL)
                       : ::write(fd_, line.data(), line.size());
#else
    count = ::write(fd_, line.data(), line.size());
#endif
  } while (count < 0 && errno == EINTR);
  if (count >= 0) return;
  owned_.close();
  fd_ = -1;
}

}  // namespace gs::trace2
