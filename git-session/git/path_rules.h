#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/config/values.h"
#include "git/object_id.h"

namespace gs::git {

// Which paths git accepts into an index (verify_path in its read-cache.c): no segment that some
// file system treats as ".git" (in any case; "git~1" and the like with core.protectNTFS, invisible
// characters with core.protectHFS), and no symbolic link that one treats as ".gitmodules".
class PathRules {
 public:
  explicit PathRules(const std::vector<ConfigValue>& configuration);

  [[nodiscard]] bool allow(std::string_view path, FileMode mode) const;
  // Why git refuses it; absent if git accepts it.
  [[nodiscard]] std::optional<std::string> refusal(std::string_view path, FileMode mode) const;

 private:
  bool protects_ntfs_;
  bool protects_hfs_;
};

}  // namespace gs::git
