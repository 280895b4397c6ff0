#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gs {

// Where programs are looked up when PATH is not set.
inline constexpr std::string_view kDefaultPath = "/usr/local/bin:/usr/bin:/bin";

// The files that execution of `name` tries, in order (execvp's rule): itself when it holds a '/',
// else one for each directory of `search_path`, where an empty one is the working directory.
[[nodiscard]] std::vector<std::string> program_candidates(
    std::string_view name, const std::optional<std::string>& search_path);

}  // namespace gs
