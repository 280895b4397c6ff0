#include "session/base_commit.h"

#include "base/error.h"
#include "git/refs.h"

namespace gs::session {

namespace {

// The default branch's name, for people.
std::string name_of(const git::Repository& repository, const std::string& remote,
                    const git::ObjectId& commit) {
  for (const char* branch : {"main", "master"}) {
    const std::string name = remote + "/" + branch;
    if (git::read_ref(repository, "refs/remotes/" + name) == commit) return name;
  }
  return remote + "/HEAD";
}

std::optional<BaseCommit> merge_base_with_remote(const git::Repository& repository,
                                                 const std::string& remote,
                                                 const git::ObjectId& head) {
  const auto upstream = git::remote_default_branch(repository, remote);
  if (!upstream) return std::nullopt;
  const auto base = repository.merge_base(head, *upstream);
  if (!base) return std::nullopt;
  return BaseCommit{*base, "merge base with " + name_of(repository, remote, *upstream)};
}

}  // namespace

BaseCommit choose_base(const Workspace& workspace, const std::optional<std::string>& option,
                       const std::string& start_ref, std::vector<std::string>& warnings) {
  const git::Repository& repository = workspace.repository;
  if (option) {
    const auto commit = repository.resolve_commit(*option);
    if (!commit) {
      throw usage_error("'" + *option + "' names no commit").with_hint("--base takes a revision");
    }
    return {*commit, "--base"};
  }
  const auto head = repository.head().commit;
  if (!start_ref.empty()) {
    if (const auto commit = repository.resolve_commit(start_ref)) {
      if (head && !repository.is_ancestor(*commit, *head)) {
        warnings.push_back("session-start-ref " + commit->abbreviated() +
                           " is no ancestor of HEAD: the branch was rewritten since, and the "
                           "session's changes are told from it all the same");
      }
      return {*commit, "session-start-ref"};
    }
    warnings.push_back("session-start-ref '" + start_ref + "' is no commit of this repository");
  }
  if (!head) return {std::nullopt, "no commit yet"};
  const std::string remote = workspace.config.required_text("remote");
  if (auto base = merge_base_with_remote(repository, remote, *head)) return *base;
  warnings.push_back("nothing says where the session started (no session-start-ref, and '" +
                     remote +
                     "' has no default branch that meets HEAD): every commit of the "
                     "branch counts as the session's; --base REV says otherwise");
  return {std::nullopt, "empty tree", true};
}

}  // namespace gs::session
