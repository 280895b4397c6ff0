#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/keys.h"
#include "config/layer.h"

namespace gs::config {

enum class Spelling {
  File,  // booleans are true and false
  Git,   // booleans are whatever git accepts as one
};
[[nodiscard]] Spelling spelling_of(const Origin& origin);
// Whether the scope is one of git config's own.
[[nodiscard]] bool is_git_scope(const std::string& scope);

struct Normalized {
  Json value;                        // null: unset
  std::vector<std::string> dropped;  // list items that are not allowed
};
// A value in the form of its key's type (Effective::value). Absent if it is not allowed.
[[nodiscard]] std::optional<Normalized> normalize(const Key& key, const Json& value,
                                                  Spelling spelling);

// "enforcement is 'strct', allowed: strict, warn or off", and "did you mean 'strict'?" or "".
[[nodiscard]] std::string refusal(const Key& key, const Json& value);
[[nodiscard]] std::string suggestion(const Key& key, const Json& value);

}  // namespace gs::config
