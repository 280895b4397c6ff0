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

// "1  Uploads", a line for each.
std::string numbered(const std::vector<session::PlanItem>& items) {
  constexpr std::size_t kMost = 20;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < items.size() && i < kMost; ++i)
    lines.push_back(std::to_string(i + 1) + "  " + items[i].title);
  if (items.size() > kMost) lines.push_back("… up to " + std::to_string(items.size()));
  return join(lines, "\n");
}

// By its number, its title, or the beginning of one title alone.
const session::PlanItem& item_meant(const std::optional<session::Plan>& plan,
                                    const std::string& typed) {
  static const std::vector<session::PlanItem> kNone;
  const std::vector<session::PlanItem>& items = plan ? plan->items : kNone;
  const Error unknown = usage_error("the plan has no item '" + typed + "'");
  if (items.empty()) throw unknown.with_hint("it has no items at all; --new TITLE makes one");
  const auto number = parse_number(typed, 9);
  if (number && *number >= 1 && static_cast<std::size_t>(*number) <= items.size())
    return items[static_cast<std::size_t>(*number) - 1];
  std::vector<const session::PlanItem*> found;
  for (const session::PlanItem& item : items) {
    if (item.title == typed) return item;
    if (to_lower(item.title).starts_with(to_lower(typed))) found.push_back(&item);
  }
  if (found.size() == 1 && !typed.empty()) return *found.front();
  const Error ambiguous = usage_error("'" + typed + "' begins several items of the plan");
  throw(found.size() > 1 ? ambiguous : unknown).with_hint(numbered(items));
}

std::string title_of(const session::CurrentSession& session, const ClaimRequest& request) {
  if (request.new_item) {
    const std::string title(trim(*request.new_item));
    if (title.empty() || title.find('\n') != std::string::npos)
      throw usage_error("--new needs a single-line title");
    return title;
  }
  if (!request.item) return "";
  return item_meant(session.plan, *request.item).title;
}

// Whether the plan or the scope makes it the session's, so that a claim would change nothing.
bool is_ours_already(const session::OwnedChange& owned, const session::HandClaims& claims,
                     const ClaimRequest& request) {
  const bool names_item = request.item || request.new_item;
  return owned.owner == session::Owner::Ours && !names_item && !claims.contains(owned.change.path);
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
        if (!is_in(path, place) || session::is_record(workspace, path)) continue;
        if (is_ours_already(owned, result.claims, request)) {
          result.already.push_back(path);
          continue;
        }
        if (owned.at_start) result.dirty_at_start.push_back(path);
        found.push_back(path);
      }
    }
    if (found.empty() && result.already.empty()) {
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
