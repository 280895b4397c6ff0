#include "workflow/claim_files.h"

#include "base/error.h"
#include "base/text.h"
#include "git/typed_path.h"
#include "workflow/overview.h"

namespace gs::workflow {

namespace {

bool is_in(const RepoPath& path, const std::string& place) {
  return place.empty() || path.bytes() == place || path.bytes().starts_with(place + "/");
}

std::string title_of(const session::CurrentSession& session, const ClaimRequest& request) {
  if (request.new_item) {
    const std::string title(trim(*request.new_item));
    if (title.empty() || title.find('\n') != std::string::npos)
      throw usage_error("--new needs a single-line title");
    return title;
  }
  if (!request.item) return "";
  const std::size_t count = session.plan ? session.plan->items.size() : 0;
  if (*request.item < 1 || *request.item > count) {
    throw usage_error("the plan has no item " + std::to_string(*request.item))
        .with_hint(count == 0 ? "it has no items at all; --new TITLE makes one"
                              : "it has items 1 to " + std::to_string(count) +
                                    ": 'git session plan show' lists them");
  }
  return session.plan->items[*request.item - 1].title;
}

}  // namespace

ClaimResult claim_files(const session::Workspace& workspace, const ClaimRequest& request) {
  session::require_one_session(workspace);
  const Overview now = overview(workspace);
  if (!now.session) {
    throw refused(session::none_is_open(now.absence))
        .with_hint(now.paused.empty() ? "'git session start' opens one"
                                      : session::resume_hint(session::paused_here(workspace)));
  }
  const git::Repository& repository = workspace.repository;
  ClaimResult result;
  result.session = now.session->id;
  const FileLock lock = session::lock_hand_claims(repository);
  result.claims = session::read_hand_claims(repository, result.session);
  if (request.paths.empty()) return result;
  const std::string title = title_of(*now.session, request);
  for (const std::string& typed : request.paths) {
    const std::string place = git::typed_path(repository, typed).bytes();
    std::vector<RepoPath> found;
    if (request.drop) {
      for (const auto& [path, item] : result.claims)
        if (is_in(path, place)) found.push_back(path);
    } else {
      for (const session::OwnedChange& owned : now.changes) {
        const RepoPath& path = owned.change.path;
        if (is_in(path, place) && !session::is_record(workspace, path)) found.push_back(path);
      }
    }
    if (found.empty()) {
      throw refused(request.drop ? "nothing at '" + quote_path(typed) + "' is claimed"
                                 : "no file at '" + quote_path(typed) + "' has changed")
          .with_hint("'git session status' shows what has changed, and its owner");
    }
    for (RepoPath& path : found) {
      if (request.drop) result.claims.erase(path);
      if (!request.drop) result.claims[path] = title;
      result.changed.push_back(std::move(path));
    }
  }
  session::write_hand_claims(repository, result.session, result.claims);
  return result;
}

}  // namespace gs::workflow
