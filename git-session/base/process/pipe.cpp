#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/process/child.h"

namespace gs {

UniqueFd above_standard(UniqueFd fd) {
  if (!fd.valid() || fd.get() > STDERR_FILENO) {
    return fd;
  }
  return UniqueFd(fcntl(fd.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

Pipe make_pipe() {
  int ends[2] = {-1, -1};
#ifdef __linux__
  const int result = pipe2(ends, O_CLOEXEC);
#else
  const int result = pipe(ends);
  if (result == 0) {
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  }
#endif
  if (result != 0) {
    throw fatal(std::string("cannot make a pipe: ") + std::strerror(errno));
  }
  Pipe pipe{above_standard(UniqueFd(ends[0])), above_standard(UniqueFd(ends[1]))};
  if (!pipe.read.valid() || !pipe.write.valid()) {
    throw fatal(std::string("cannot make a pipe: ") + std::strerror(errno));
  }
  return pipe;
}

}  // namespace gs
