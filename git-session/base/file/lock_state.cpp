#include "base/file/lock_state.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "base/text.h"

namespace gs {

// Content: "<pid> <ISO 8601 time>\n"; may be incomplete while the holder writes it.
std::optional<LockHolder> read_holder(const std::string& path) {
  const std::optional<std::string> content = read_file_if_exists(path);
  if (!content || !content->ends_with('\n')) return std::nullopt;
  const std::vector<std::string_view> words = split(trim(*content), ' ');
  if (words.size() != 2) return std::nullopt;
  const auto pid = parse_number(words[0], 18);
  const auto since = parse_iso8601(words[1]);
  if (!pid || !since) return std::nullopt;
  return LockHolder{static_cast<long>(*pid), *since};
}

LockState lock_state(const std::string& path) {
  const UniqueFd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd.valid()) {
    if (errno == ENOENT || errno == ENOTDIR) return {};
    throw system_error("read", path, errno);
  }
  // Shared, so that two readers at the same time do not see each other; gone with the descriptor.
  const bool held = flock(fd.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  return {held, read_holder(path)};
}

}  // namespace gs
