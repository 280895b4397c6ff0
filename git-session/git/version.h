#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace gs::git {

struct Version {
  int major = 0;
  int minor = 0;
  auto operator<=>(const Version&) const = default;
};

// Of `git version`'s output: "git version 2.39.5 (Apple Git-154)". Absent if it is none.
[[nodiscard]] std::optional<Version> parse_version(std::string_view output);

// What `git version` prints, without its line end. Throws if git is missing or fails.
[[nodiscard]] std::string program_version();

// The oldest git with all that is asked of it: --config-env, by which ages are read.
inline constexpr Version kOldestGit{2, 31};

[[nodiscard]] std::string libgit2_version();  // "1.9.0"

}  // namespace gs::git
