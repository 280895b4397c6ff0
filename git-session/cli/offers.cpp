#include "cli/offers.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/error.h"
#include "cli/snapshot_verbs.h"
#include "git/refs.h"
#include "session/state_scan.h"
#include "tracker/local_issues.h"
#include "tracker/select.h"
#include "workflow/past_sessions.h"

namespace gs::cli {
namespace {

using Words = std::vector<std::string>;

bool is_plain_word(std::string_view word) {
  return !word.empty() && word.front() != '-' && std::all_of(word.begin(), word.end(), [](char c) {
    return is_alnum(c) || std::string_view("._-/@+").find(c) != std::string_view::npos;
  });
}

Words offered_snapshots(const Common& common) {
  const session::Workspace workspace = open_for_snapshots(common);
  const std::string own = own_session(workspace);
  Words words;
  for (const git::Ref& ref : git::list_refs(workspace.repository, snapshot::kRefPrefix)) {
    if (const auto name = snapshot::parse_ref_name(ref.name))
      words.push_back(snapshot::shown_name(*name, own));
  }
  return words;
}

// By id, and by name too where it has one.
Words offered_sessions(const Common& common, bool paused) {
  const session::Workspace workspace = open_for_snapshots(common);
  Words words;
  std::vector<std::string> problems;
  for (const session::FoundState& found :
       session::scan_states(workspace.repository.checkout(), session::state_directory_names(),
                            std::nullopt, problems)) {
    if (paused ? !found.is_paused() : !found.running()) continue;
    words.push_back(found.id);
    if (!found.state.name.empty()) words.push_back(found.state.name);
  }
  return words;
}

Words offered_closed(const Common& common) {
  Words words;
  for (const workflow::PastSession& session :
       workflow::past_sessions(open_for_snapshots(common)).sessions)
    words.push_back(session.id);
  return words;
}

Words offered_issues(const Common& common) {
  const session::Workspace workspace = open_for_snapshots(common);
  Words words;
  if (tracker::select_tracker(workspace).name != "local") return words;
  const auto issues =
      tracker::LocalIssues::load(workspace.home.issues(), workspace.repository.work_tree());
  for (const tracker::Issue& issue : issues.issues()) {
    if (issue.open) words.push_back(std::to_string(issue.id));
  }
  return words;
}

}  // namespace

std::vector<std::string> offered(std::string_view kind, const Common& common) {
  constexpr std::size_t kMost = 500;
  Words words;
  try {
    if (kind == "snapshots") words = offered_snapshots(common);
    if (kind == "sessions" || kind == "paused") words = offered_sessions(common, kind == "paused");
    if (kind == "closed") words = offered_closed(common);
    if (kind == "issues") words = offered_issues(common);
  } catch (const Error&) {
    return {};
  }
  std::erase_if(words, [](const std::string& word) { return !is_plain_word(word); });
  if (words.size() > kMost) words.resize(kMost);
  return words;
}

}  // namespace gs::cli
