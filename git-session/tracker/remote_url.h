#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gs::tracker {

// A project on a server, as a remote's URL names it.
struct Project {
  std::string host;  // lower case, with a port only where the URL is http(s) and has one
  std::string path;  // "group/subgroup/name"
};
// From "https://host/owner/name.git", "ssh://git@host:22/owner/name" and "git@host:owner/name";
// absent for a path, a file:// URL, and a host without a dot (an alias of ssh's configuration,
// which gh and glab resolve themselves).
[[nodiscard]] std::optional<Project> project_of_url(std::string_view url);

}  // namespace gs::tracker
