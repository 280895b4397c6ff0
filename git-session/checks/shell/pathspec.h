#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gs::checks {

// Where a command runs: absolute paths, "" where not known.
struct ShellPlace {
  std::string directory;    // that of the shell, `$PWD`
  std::string top;          // of the work tree
  std::string substituted;  // what `$(…)` gives; "" if only the shell can tell
};

// Whether git's pathspecs (gitglossary(7)) cover all of the directory, or more. `directory` is
// git's own, which `git -C` changes. By their text alone: links are not read.
[[nodiscard]] bool cover_everything(std::span<const std::string_view> pathspecs,
                                    const std::string& directory, const ShellPlace& place);

}  // namespace gs::checks
