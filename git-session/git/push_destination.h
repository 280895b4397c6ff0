#pragma once

#include <optional>
#include <string>
#include <vector>

#include "git/config/values.h"
#include "git/repository.h"

namespace gs::git {

// Where `git push` would push a branch to. Git itself tells only a part of it (`@{push}` needs a
// remote-tracking branch, `%(push:remoteref)` knows refspecs alone), so its rules are followed
// here: builtin/push.c, and remote.c for the remote.
struct PushDestination {
  std::string remote;          // a name; a URL or path where the configuration says so
  std::string ref;             // full, on the remote; "" where git would not push the branch
  std::string refusal;         // why not: "its upstream is origin/main, a branch of another name"
  bool has_upstream = false;   // of whatever name
  bool sets_upstream = false;  // push.autoSetupRemote
};

// As `git push` on `branch` (short), or `git push REMOTE` if that is given. Of a push of several
// refs (matching, a mirror, refspecs) only what it would do to this branch.
[[nodiscard]] PushDestination push_destination(const Repository& repository,
                                               const std::vector<ConfigValue>& config,
                                               const std::string& branch,
                                               const std::optional<std::string>& remote = {});

// The names that `remote.<name>.*` defines, in the order of the configuration.
[[nodiscard]] std::vector<std::string> remote_names(const std::vector<ConfigValue>& config);

// Whether `git push` to this remote updates every ref; a refspec is then refused.
[[nodiscard]] bool is_push_mirror(const std::vector<ConfigValue>& config,
                                  const std::string& remote);

}  // namespace gs::git
