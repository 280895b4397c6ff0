#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/object_id.h"

namespace gs::githooks {

// One ref that a push is about to change: a line of pre-push's standard input (githooks(5)).
struct PushedRef {
  std::string source;          // "refs/heads/main", what was typed ("HEAD~2"), "(delete)"
  git::ObjectId object;        // null: a deletion
  std::string target;          // on the remote
  git::ObjectId there_before;  // null: new there

  [[nodiscard]] bool is_deletion() const { return object.is_null(); }
  [[nodiscard]] std::string refspec() const;
};
// Lines that are none are left out: git may say more one day.
[[nodiscard]] std::vector<PushedRef> parse_pushed_refs(std::string_view input);

}  // namespace gs::githooks
