#include "tracker/remote_url.h"

#include "base/text.h"

namespace gs::tracker {
namespace {

// The hosts under which ssh is reached where its own port is closed.
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
    // ssh's port says nothing about the web's.
    if (!web) host = host.substr(0, host.find(':'));
    return project(host, rest.substr(slash));
  }
  // As git tells the scp-like form: a colon before the first slash.
  const std::size_t colon = url.find(':');
  if (colon == std::string_view::npos || url.find('/') < colon) return std::nullopt;
  return project(without_user(url.substr(0, colon)), url.substr(colon + 1));
}

}  // namespace gs::tracker
