#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/file/file.h"

namespace gs {

BoundedInput read_bounded(int fd, std::size_t limit, std::chrono::milliseconds patience) {
  using SteadyClock = std::chrono::steady_clock;
  const SteadyClock::time_point deadline = SteadyClock::now() + patience;
  BoundedInput input;
  std::array<char, 16384> buffer{};
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now());
    pollfd waiting{fd, POLLIN, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::max<long long>(left.count(), 0)));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) {
      input.end = BoundedInput::End::TooSlow;
      return input;
    }
    const ssize_t count = ready < 0 ? -1 : read(fd, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) input.end = BoundedInput::End::Failed;
    if (count <= 0) return input;
    input.text.append(buffer.data(), static_cast<std::size_t>(count));
    if (input.text.size() > limit) {
      input.end = BoundedInput::End::TooLarge;
      return input;
    }
  }
}

}  // namespace gs
