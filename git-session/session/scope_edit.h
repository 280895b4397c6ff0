#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file/tree_files.h"
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

// The patterns of wave-scope.json that a person's pattern stands for (plain_patterns; a directory
// of the tree with its slash). Throws a usage error, with the right form, for one that cannot match
// a path of the tree, and for one that is not UTF-8. `top` as of bad_pattern.
[[nodiscard]] std::vector<std::string> scope_patterns(const std::string& written,
                                                      const TreeFiles& files,
                                                      std::string_view top = "");

// The file's new text. `text` absent: a new file, with `configured` and the gates of `gates_off`
// off unless the edit says otherwise. Unknown keys and the order are preserved. Throws if `text` is
// not a JSON object, so that it is not overwritten.
[[nodiscard]] std::string edit_wave_scope(const std::optional<std::string>& text,
                                          const std::string& file, const ScopeEdit& edit,
                                          Enforcement configured,
                                          const std::vector<std::string>& gates_off);

// What a change of the scope takes from a strict session's limits, and what a person agrees to it
// with (docs/security.md).
struct ScopeLoosening {
  std::string detail;  // lines: "+ allowed lib/"
  std::string answer;  // the first 12 digits of the digest of the new scope
};
// `before`, `after`: texts of wave-scope.json; absent: there is none, which allows every path.
// Absent if enforcement is not strict, or everything that is denied stays so.
[[nodiscard]] std::optional<ScopeLoosening> find_loosening(const std::optional<std::string>& before,
                                                           const std::optional<std::string>& after,
                                                           const FilePlace& file,
                                                           Enforcement configured);

}  // namespace gs::session
