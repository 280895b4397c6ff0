#pragma once

#include <optional>
#include <string>

#include "tracker/client.h"
#include "tracker/select.h"

namespace gs::tracker {

// Where a request to merge a pushed branch is made: `base` is the project that gets it, `head` the
// one that has the branch.
struct RequestHost {
  Selection selection;  // github or gitlab; else `why` says why there is none
  Project base, head;
};
// For a branch pushed to `remote` (a name or a URL). The program has to be installed.
[[nodiscard]] RequestHost request_host(const session::Workspace& workspace,
                                       const std::string& remote);
// As unknown_host, for requests.
[[nodiscard]] std::optional<session::TrustItem> unknown_request_host(
    const session::Workspace& workspace, const std::string& remote);

struct Request {
  long number = 0;
  std::string url;
  bool draft = false;
};

struct NewRequest {
  std::string title, body;
  std::string branch;
  std::string base;  // the branch to merge into; "": the project's default
  bool draft = false;
};

// Pull requests on GitHub by gh, merge requests on GitLab by glab. Every function may throw a
// TrackerError.
class Requests {
 public:
  Requests(Client client, RequestHost host) : client_(std::move(client)), host_(std::move(host)) {}

  [[nodiscard]] std::string name() const;  // "pull request", "merge request"
  // The open one of the branch, so that there is never a second.
  [[nodiscard]] std::optional<Request> find_open(const std::string& branch) const;
  [[nodiscard]] Request open(const NewRequest& request) const;
  void set_body(long number, const std::string& body) const;

 private:
  [[nodiscard]] bool is_github() const { return host_.selection.name == "github"; }
  [[nodiscard]] bool from_fork() const { return host_.head.path != host_.base.path; }
  // Whether it comes from our head project, not from a fork's branch of the same name.
  [[nodiscard]] bool is_ours(const Json& object) const;

  Client client_;
  RequestHost host_;
};

[[nodiscard]] Requests open_requests(const session::Workspace& workspace, const RequestHost& host);

}  // namespace gs::tracker
