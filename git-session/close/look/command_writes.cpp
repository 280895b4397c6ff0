#include "close/look/command_writes.h"

#include <set>

#include "base/text.h"
#include "git/status/status.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

constexpr const char* kBefore = "before-commands";
constexpr const char* kAfter = "after-commands";
constexpr const char* kRewritten = "rewritten";

// Paths are bytes, the journal is text.
std::string keep_paths(Journal& journal, const std::vector<RepoPath>& paths) {
  std::string joined;
  for (const RepoPath& path : paths) joined += path.bytes() + '\0';
  return journal.keep(joined);
}

std::set<RepoPath> kept_paths(const Journal& journal, const Json& event) {
  const std::string joined = journal.kept(event.value("paths", ""));
  std::set<RepoPath> paths;
  for (const std::string_view path : split(joined, '\0')) {
    if (!path.empty()) paths.emplace(std::string(path));
  }
  return paths;
}

// The newest "before" that is not followed by an "after"; null if there is none.
Json expected(const Journal& journal) {
  for (auto event = journal.events().rbegin(); event != journal.events().rend(); ++event) {
    const std::string name = event->value("event", "");
    if (name == kAfter) return nullptr;
    if (name == kBefore) return *event;
  }
  return nullptr;
}

void add_to_baseline(Context& context, const std::vector<RepoPath>& paths) {
  session::Baseline& baseline = *context.session->baseline;
  std::set<RepoPath> made;
  for (const RepoPath& path : paths) {
    if (!session::is_record(context.workspace, path)) made.insert(path);
  }
  baseline.made_by_commands.insert(made.begin(), made.end());
  session::add_made_by_commands(context.repository(), baseline.session, made);
}

}  // namespace

void expect_command_writes(Context& context) {
  if (!context.session || !context.session->baseline) return;
  if (!expected(context.journal).is_null()) return;
  context.journal.record(
      kBefore, {{"paths", keep_paths(context.journal, git::changed_paths(context.status))}});
}

void note_command_writes(Context& context) {
  if (!expected(context.journal).is_null())
    note_command_writes(context, git::read_status(context.repository()));
}

void note_command_writes(Context& context, const git::Status& now) {
  const Json before = expected(context.journal);
  if (before.is_null() || !context.session || !context.session->baseline) return;
  const std::set<RepoPath> dirty = kept_paths(context.journal, before);
  std::vector<RepoPath> made;
  for (const RepoPath& path : git::changed_paths(now)) {
    if (!dirty.contains(path)) made.push_back(path);
  }
  add_to_baseline(context, made);
  context.journal.record(kAfter, {{"made", made.size()}});
}

bool leave_what_is_rewritten(Context& context, const std::vector<RepoPath>& changed) {
  if (!context.session->baseline) return false;
  const session::Claim claim = context.session->claim(context.workspace);
  std::vector<RepoPath> again;
  for (const Json& event : context.journal.events()) {
    if (event.value("event", "") != kRewritten) continue;
    const std::set<RepoPath> earlier = kept_paths(context.journal, event);
    for (const RepoPath& path : changed) {
      if (earlier.contains(path) && !claim.reason(path)) again.push_back(path);
    }
  }
  add_to_baseline(context, again);
  context.journal.record(kRewritten, {{"paths", keep_paths(context.journal, changed)}});
  return !again.empty();
}

}  // namespace gs::close
