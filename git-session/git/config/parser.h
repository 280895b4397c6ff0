#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs::git {

// A setting in a configuration file: section and name in lower case, a subsection as it is.
struct ConfigSetting {
  std::string key;
  std::string value;  // "true" for a key without "="
};

// The settings of a file of git's configuration (git-config(1), "Syntax"), in order. Absent where
// git would refuse it, where versions of git differ in what they read (white space other than
// spaces within a value), and where it holds an include: git knows.
[[nodiscard]] std::optional<std::vector<ConfigSetting>> parse_config(std::string_view content);

}  // namespace gs::git
