#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/repository.h"
#include "session/wave_scope.h"

namespace gs::session {

// A change to a wave-scope.json. Absent parts are left unchanged.
struct ScopeEdit {
  std::vector<std::string> patterns;  // empty: no change
  std::vector<std::string> blocked_commands;
  bool add = false;  // extends the lists instead of replacing them
  std::optional<Enforcement> enforcement;
  std::optional<long> wave;
  std::optional<std::string> role;
};

// Held from reading a wave-scope.json of the work tree until it is written.
[[nodiscard]] FileLock lock_wave_scope(const git::Repository& repository);

// Throws a usage error for a pattern that cannot match a path of the tree: empty, absolute, with a
// "." or ".." segment, or not UTF-8.
void check_scope_pattern(const std::string& pattern);

// The file's new text. `text` absent: a new file, with `configured` and the gates of `gates_off`
// off unless the edit says otherwise. Unknown keys and the order are preserved. Throws if `text` is
// not a JSON object, so that it is not overwritten.
[[nodiscard]] std::string edit_wave_scope(const std::optional<std::string>& text,
                                          const std::string& file, const ScopeEdit& edit,
                                          Enforcement configured,
                                          const std::vector<std::string>& gates_off);

}  // namespace gs::session
