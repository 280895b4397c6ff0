#include "base/file/modified.h"

#include <sys/stat.h>

namespace gs {

std::optional<Timestamp> modified_at(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return std::nullopt;
  const std::chrono::seconds seconds(status.st_mtim.tv_sec);
  const std::chrono::nanoseconds rest(status.st_mtim.tv_nsec);
  return Timestamp(std::chrono::duration_cast<std::chrono::milliseconds>(seconds) +
                   std::chrono::duration_cast<std::chrono::milliseconds>(rest));
}

}  // namespace gs
