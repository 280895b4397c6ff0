#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "git/repository.h"

// Locks on refs, as git takes them: a new file beside a ref's, or beside packed-refs.
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

// The file of which each lock that `take_lock` takes is a hard link, and on which its process holds
// an flock: so it is known, and at once, whether a killed one left it (remove_stale_ref_locks).
[[nodiscard]] std::string mark_of_locks(const Repository& repository);
enum class Taken { Yes, Busy, Failed };
// `lock`: below the open `directory`. `failure`: an errno, if it is not taken.
[[nodiscard]] Taken take_lock(const std::string& mark, int directory, const std::string& lock,
                              int& failure);
// The locks that a killed process left, also that of packed-refs: absolute. Nothing is written.
[[nodiscard]] std::vector<std::string> stale_ref_locks(const Repository& repository);
void remove_stale_ref_locks(const Repository& repository);
[[nodiscard]] std::string packed_refs(const Repository& repository);  // its file

}  // namespace gs::git
