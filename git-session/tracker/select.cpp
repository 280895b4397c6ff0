#include "tracker/select.h"

#include <algorithm>
#include <chrono>

#include "base/process/process.h"
#include "base/text.h"
#include "git/refs.h"
#include "tracker/hosted.h"
#include "tracker/requests.h"

namespace gs::tracker {
namespace {

std::optional<Project> project_of(const session::Workspace& workspace) {
  const std::string name = workspace.config.required_text("remote");
  const std::optional<git::Remote> remote = git::find_remote(workspace.repository, name);
  return remote ? project_of_url(remote->url) : std::nullopt;
}

std::string host_in_environment(const char* variable) {
  return to_lower(environment_variable(variable).value_or(""));
}

Selection by_host(const session::Workspace& workspace, const std::string& remote,
                  const std::string& host) {
  const std::string why = remote + " is on " + host;
  const bool github = host == "github.com" || host == host_in_environment("GH_HOST");
  if (github && find_program("gh")) return {"github", false, why};
  const std::string own = to_lower(workspace.config.text("gitlab-host").value_or("gitlab.com"));
  const bool gitlab = host == "gitlab.com" || host == own;
  if (gitlab && find_program("glab")) return {"gitlab", false, why};
  return {"local", false, "vcs is not set"};
}

Client github_client(const session::Workspace& workspace, const std::optional<Project>& project) {
  Client::Environment environment = {{"GH_PROMPT_DISABLED", "1"}, {"GH_NO_UPDATE_NOTIFIER", "1"}};
  std::string repository;
  if (project) {
    const bool enterprise = project->host != "github.com";
    repository = enterprise ? project->host + "/" + project->path : project->path;
    environment["GH_HOST"] = project->host;
  }
  return {"gh", workspace.repository.work_tree(), std::move(repository), std::move(environment),
          workspace.config.duration("tracker-timeout")};
}

// A tracked file may name the host, so no token meant for another host must be sent there: glab
// then uses its own login for that host.
void keep_tokens_from(const session::Workspace& workspace, Client::Environment& environment) {
  const std::string& scope = workspace.config.at("gitlab-host").origin.scope;
  if (scope != "markdown" && scope != "toml") return;
  for (const char* token : {"GITLAB_TOKEN", "GITLAB_ACCESS_TOKEN", "OAUTH_TOKEN"})
    environment[token] = std::nullopt;
}

Client gitlab_client(const session::Workspace& workspace, const std::optional<Project>& project) {
  // Both names: glab 2 knows only the second; 1.x calls the first deprecated.
  Client::Environment environment = {{"NO_PROMPT", std::nullopt},
                                     {"GLAB_NO_PROMPT", "1"},
                                     {"GLAB_CHECK_UPDATE", "false"},
                                     {"GLAB_SEND_TELEMETRY", "false"}};
  const std::optional<std::string> host = workspace.config.text("gitlab-host");
  std::string repository;
  if (host && (!project || project->host != to_lower(*host)))
    keep_tokens_from(workspace, environment);
  if (project) {
    repository = "https://" + host.value_or(project->host) + "/" + project->path;
    environment["GITLAB_HOST"] = host.value_or(project->host);
  } else if (host) {
    environment["GITLAB_HOST"] = *host;
  }
  return {"glab", workspace.repository.work_tree(), std::move(repository), std::move(environment),
          workspace.config.duration("tracker-timeout")};
}

}  // namespace

Selection select_tracker(const session::Workspace& workspace) {
  if (const std::optional<std::string> set = workspace.config.text("vcs"))
    return {*set, true, "vcs is " + *set};
  const std::optional<Project> project = project_of(workspace);
  return project ? by_host(workspace, workspace.config.required_text("remote"), project->host)
                 : Selection{"local", false, "vcs is not set"};
}

namespace {

std::optional<session::TrustItem> unknown_host(const session::Workspace& workspace,
                                               const Selection& selection,
                                               const std::optional<Project>& project) {
  // Set for this clone alone, it is about this clone's host.
  const std::string& scope = workspace.config.at("vcs").origin.scope;
  const bool chosen_here =
      selection.configured && (scope == "local" || scope == "worktree" || scope == "command");
  if (!selection.is_hosted() || chosen_here) return std::nullopt;
  std::string host = project ? project->host : std::string();
  std::vector<std::string> known;
  if (selection.name == "github") {
    known = {"github.com", host_in_environment("GH_HOST")};
  } else {
    const config::Effective& configured = workspace.config.at("gitlab-host");
    const std::string own = to_lower(workspace.config.text("gitlab-host").value_or(""));
    if (!own.empty()) host = own;
    known = {"gitlab.com", host_in_environment("GITLAB_HOST")};
    if (!configured.origin.is_of_tree()) known.push_back(own);
  }
  if (host.empty() || std::find(known.begin(), known.end(), host) != known.end())
    return std::nullopt;
  return session::TrustItem{session::TrustItem::Kind::Destination, "issues, by " + selection.name,
                            host};
}

}  // namespace

std::optional<session::TrustItem> unknown_host(const session::Workspace& workspace) {
  return unknown_host(workspace, select_tracker(workspace), project_of(workspace));
}

std::optional<Login> check_login(const session::Workspace& workspace) {
  constexpr std::chrono::seconds kPatience{15};
  const Selection selection = select_tracker(workspace);
  if (!selection.is_hosted()) return std::nullopt;
  const bool github = selection.name == "github";
  const std::optional<Project> project = project_of(workspace);
  Login login{github ? "gh" : "glab", project ? project->host : ""};
  const auto own = workspace.config.text("gitlab-host");
  if (!github && own) login.host = *own;
  const auto unknown = unknown_host(workspace, selection, project);
  if (unknown && !session::Trust(workspace.repository).knows(*unknown)) return login;
  std::vector<std::string> arguments{"auth", "status"};
  if (!login.host.empty()) arguments.insert(arguments.end(), {"--hostname", login.host});
  login.asked = true;
  try {
    const Client client =
        github ? github_client(workspace, project) : gitlab_client(workspace, project);
    (void)client.for_no_project(kPatience).run(arguments);
  } catch (const TrackerError& error) {
    login.problem = error;
  }
  return login;
}

RequestHost request_host(const session::Workspace& workspace, const std::string& remote) {
  const std::optional<git::Remote> pushed = git::find_remote(workspace.repository, remote);
  std::optional<Project> head = project_of_url(pushed ? pushed->url : remote);
  std::optional<Project> base = project_of(workspace);
  if (!base) base = head;
  if (!head) head = base;
  if (!base) return {{"", false, remote + " is not on a host with pull or merge requests"}, {}, {}};
  if (base->host != head->host)
    return {{"", false, remote + " is on " + head->host + ", not on " + base->host}, {}, {}};
  Selection selection = select_tracker(workspace);
  if (!selection.is_hosted()) selection = by_host(workspace, remote, base->host);
  if (!selection.is_hosted())
    return {{"", false, base->host + " is neither GitHub nor GitLab, or gh or glab is missing"},
            {},
            {}};
  const char* program = selection.name == "github" ? "gh" : "glab";
  if (!find_program(program))
    return {{"", false, std::string(program) + " is not installed"}, {}, {}};
  return {selection, *base, *head};
}

std::optional<session::TrustItem> unknown_request_host(const session::Workspace& workspace,
                                                       const std::string& remote) {
  const RequestHost host = request_host(workspace, remote);
  return unknown_host(workspace, host.selection, host.base);
}

Requests open_requests(const session::Workspace& workspace, const RequestHost& host) {
  return {host.selection.name == "github" ? github_client(workspace, host.base)
                                          : gitlab_client(workspace, host.base),
          host};
}

std::unique_ptr<Tracker> open_tracker(const session::Workspace& workspace, const std::string& name,
                                      Timestamp now) {
  const std::optional<Project> project = project_of(workspace);
  if (name == "github") return std::make_unique<GitHub>(github_client(workspace, project));
  if (name == "gitlab") return std::make_unique<GitLab>(gitlab_client(workspace, project));
  return std::make_unique<LocalTracker>(workspace.repository, workspace.home, now);
}

namespace {

// The hosts that offer ssh on the https port.
std::string_view web_host(std::string_view host) {
  if (host == "ssh.github.com") return "github.com";
  if (host == "altssh.gitlab.com") return "gitlab.com";
  return host;
}

std::string without_user(std::string_view authority) {
  return std::string(authority.substr(authority.rfind('@') + 1));
}

std::string project_path(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.ends_with(".git")) path.remove_suffix(4);
  return std::string(path);
}

std::optional<Project> project(std::string_view host, std::string_view path) {
  Project found{std::string(web_host(to_lower(host))), project_path(path)};
  if (found.host.find('.') == std::string::npos || found.path.find('/') == std::string::npos)
    return std::nullopt;
  return found;
}

}  // namespace

std::optional<Project> project_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) {
    const std::string name = to_lower(url.substr(0, scheme));
    const std::string_view rest = url.substr(scheme + 3);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    std::string host = without_user(rest.substr(0, slash));
    const bool web = name == "https" || name == "http";
    if (!web && name != "ssh" && name != "git" && name != "git+ssh") return std::nullopt;
    // The ssh port says nothing about the web port.
    if (!web) host = host.substr(0, host.find(':'));
    return project(host, rest.substr(slash));
  }
  // The scp-like form, as git detects it: a colon before the first slash.
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos || url.find('/') < colon) return std::nullopt;
  return project(without_user(url.substr(0, colon)), url.substr(colon + 1));
}

}  // namespace gs::tracker
