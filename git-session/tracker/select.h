#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "session/trust.h"
#include "session/workspace.h"
#include "tracker/local_tracker.h"
#include "tracker/tracker.h"

namespace gs::tracker {

// The tracker in use: `vcs`, else detected from the URL of `remote`.
struct Selection {
  std::string name;         // local, none, github, gitlab
  bool configured = false;  // by `vcs`
  std::string why;          // for people: "vcs is github", "origin is on github.com"
  [[nodiscard]] bool is_hosted() const { return name == "github" || name == "gitlab"; }
};
// github for github.com and $GH_HOST, gitlab for gitlab.com and `gitlab-host`, each only if its
// program is installed; else local.
[[nodiscard]] Selection select_tracker(const session::Workspace& workspace);
// Where issues would go, and with them the user's token, if neither the tracker's own site nor the
// user's configuration (GH_HOST, GITLAB_HOST, `gitlab-host`, or `vcs` for this clone) names that
// host: it has to be trusted first.
[[nodiscard]] std::optional<session::TrustItem> unknown_host(const session::Workspace& workspace);
// Whether the program of a hosted tracker is there and has a log-in for its host. It is asked, and
// asks the host, unless that host has to be trusted first.
struct Login {
  std::string program;  // gh, glab
  std::string host;     // "" if the program looks for it itself
  bool asked = false;
  std::optional<TrackerError> problem = {};
};
// Absent where the tracker in use is not hosted.
[[nodiscard]] std::optional<Login> check_login(const session::Workspace& workspace);

// The tracker of that name, whatever `vcs` says; not for "none".
[[nodiscard]] std::unique_ptr<Tracker> open_tracker(const session::Workspace& workspace,
                                                    const std::string& name, Timestamp now);

// A project on a server, from a remote's URL.
struct Project {
  std::string host;  // lower case, with a port only if the URL is http(s) and has one
  std::string path;  // "group/subgroup/name"
};
// From "https://host/owner/name.git", "ssh://git@host:22/owner/name" and "git@host:owner/name";
// absent for a path, a file:// URL, and a host without a dot (an alias in ssh's configuration,
// which gh and glab resolve themselves).
[[nodiscard]] std::optional<Project> project_of_url(std::string_view url);

}  // namespace gs::tracker
