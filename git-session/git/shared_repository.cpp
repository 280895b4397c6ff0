#include "git/shared_repository.h"

#include <sys/stat.h>

#include <charconv>

#include "base/process/users_umask.h"
#include "base/text.h"

namespace gs::git {

unsigned shared_umask(const std::string& value, unsigned users) {
  constexpr unsigned kGroup = 0070;
  constexpr unsigned kReadableByAll = 0005;
  const std::string word = to_lower(value);
  if (word == "umask" || word == "false" || word == "0" || word == "no" || word == "off")
    return users;
  if (word == "group" || word == "true" || word == "1" || word == "yes" || word == "on" ||
      word.empty())
    return users & ~kGroup;
  if (word == "all" || word == "world" || word == "everybody" || word == "2")
    return users & ~(kGroup | kReadableByAll);
  // An octal mode of files, whose owner can read and write; directories get an x for each r.
  unsigned mode = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), mode, 8);
  constexpr unsigned kOwner = 0600;
  if (error != std::errc() || end != word.data() + word.size() || (mode & kOwner) != kOwner ||
      mode > 0777)
    return users;
  return 0777U & ~(mode | ((mode & 0444U) >> 2U));
}

void follow_shared_repository(const std::vector<ConfigValue>& configuration) {
  const auto value = last_value(configuration, "core.sharedrepository");
  if (!value) return;
  if (users_umask() >= 0) return;  // already done
  const mode_t users = umask(0);
  umask(users);
  if (const unsigned mask = shared_umask(*value, users); mask != users) set_own_umask(mask);
}

}  // namespace gs::git
