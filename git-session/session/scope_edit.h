#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "git/repository.h"
#include "session/wave_scope.h"

namespace gs::session {

// A change to a wave-scope.json. What is absent stays as it is.
struct ScopeEdit {
  std::vector<std::string> patterns;  // empty: no change
  std::vector<std::string> blocked_commands;
  bool add = false;  // to the lists, instead of in their place
  std::optional<Enforcement> enforcement;
  std::optional<long> wave;
  std::optional<std::string> role;
};

// Held from reading a wave-scope.json of the work tree to writing it.
[[nodiscard]] FileLock lock_wave_scope(const git::Repository& repository);

// Throws a usage error for a pattern that can match no path of the tree: empty, absolute, with "."
// or ".." as a segment, not UTF-8.
void check_scope_pattern(const std::string& pattern);

// The file's new text. `text` absent: a new file, in which what the edit leaves out is `configured`
// with the gates of `gates_off` off. Keys that are not known stay, and so does the order. Throws
// where `text` is no JSON object: it is not overwritten.
[[nodiscard]] std::string edit_wave_scope(const std::optional<std::string>& text,
                                          const std::string& file, const ScopeEdit& edit,
                                          Enforcement configured,
                                          const std::vector<std::string>& gates_off);

}  // namespace gs::session
