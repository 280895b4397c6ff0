#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/command.h"

namespace gs::git {

class Repository;

// One setting as `git config --list --show-origin --show-scope -z` reports it, in git's order of
// precedence (last wins).
struct ConfigValue {
  std::string key;    // section and name in lower case, subsection as is: "session.vault-sync.mode"
  std::string value;  // "true" for a key without "="
  std::string scope;  // system, global, local, worktree, command
  std::string origin;  // "file:.git/config", "command line:", …
};

// Values whose key starts with `prefix` ("session."). Read by git, so that -c, includeIf and the
// environment count.
[[nodiscard]] std::vector<ConfigValue> read_config(const GitCommand& git,
                                                   const std::string& prefix);
// All values of the configuration in one run, for callers that need several prefixes.
[[nodiscard]] std::vector<ConfigValue> read_all_config(const GitCommand& git);
[[nodiscard]] std::optional<std::string> last_value(const std::vector<ConfigValue>& values,
                                                    const std::string& key);
// Replaces every value of `key` in the repository's own file; several values become several lines.
void set_config(const GitCommand& git, const std::string& key,
                const std::vector<std::string>& values);
[[nodiscard]] bool unset_config(const GitCommand& git,
                                const std::string& key);  // false: it was not set there
// `git config --type=bool` on a value.
[[nodiscard]] std::optional<bool> parse_bool(std::string_view value);

// The whole configuration as git sees it, read once per `repository`.
[[nodiscard]] const std::vector<ConfigValue>& configuration(const Repository& repository);

}  // namespace gs::git
