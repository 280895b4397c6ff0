#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "git/repository.h"

namespace gs::git {

// Lock files of refs that exist now, each distinguishable from a later one of the same name. Who
// has waited for two seconds, and finds one unchanged, takes it for what a killed process left.
class HeldLocks {
 public:
  HeldLocks(const Repository& repository, const std::vector<std::string>& refs);

  // Removes those that are unchanged. False if there are none.
  [[nodiscard]] bool remove_stale() const;

 private:
  using Identity = std::array<std::int64_t, 3>;
  static std::optional<Identity> identity_of(const std::string& path);

  std::vector<std::pair<std::string, Identity>> held_;
};

}  // namespace gs::git
