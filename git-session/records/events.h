#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/repo_path.h"
#include "git/repository.h"
#include "session/events.h"
#include "session/home.h"

namespace gs::records {

// Event "git_session.scope.violation" of events.jsonl (docs/formats.md, "Records").
struct ScopeViolationEvent {
  std::string session;  // "": a scope without a session
  std::string commit;   // hex
  RepoPath path;
  std::string rule;
  std::string enforcement;
};

// Event "git_session.command.blocked": the rule's pattern, never the command itself.
struct BlockedCommandEvent {
  std::string session;
  std::string pattern;
  std::string severity;  // "block" or "warn"
};

// JSON holds only text: a path that is not UTF-8 is written as git quotes it.
[[nodiscard]] std::string path_text(const RepoPath& path);

inline constexpr const char* kScopeViolation = "git_session.scope.violation";

// The files of events that a reader reads: of a tracked home the one in the work tree and, where
// git tracks that, one in the worktree's git directory, as hooks change no tracked file.
[[nodiscard]] std::vector<FilePlace> events_files(const git::Repository& repository,
                                                  const session::Home& home);
// The one of them that a hook adds to. `becomes_tracked`: the commit or index at hand has it.
[[nodiscard]] FilePlace events_file_of_hooks(
    const git::Repository& repository, const session::Home& home,
    const std::function<bool(const RepoPath&)>& becomes_tracked);

// Held while events are added to either file.
inline constexpr git::ListLock kEventsLock{"events", "the events of sessions"};

// Appends those that are not in `file` yet: one line for each commit, path and rule.
void record_violations(const TreeFiles& tree, const FilePlace& file,
                       const std::vector<ScopeViolationEvent>& events, Timestamp now);
void record_blocked_command(const TreeFiles& tree, const FilePlace& file,
                            const BlockedCommandEvent& event, Timestamp now);

// Totals of a session's events in its record (docs/formats.md, "Events").
struct EventStats {
  std::size_t stagnations = 0;
  std::map<std::string, std::size_t> stagnation_patterns;
  std::map<std::string, std::size_t> stagnation_classes;
  std::set<std::string> stagnation_files;

  std::size_t groundings = 0;
  std::set<std::string> grounding_files;
  std::size_t grounding_lines = 0;

  // Duration of each wave: from its start to its end, or to the start of the next one if its end is
  // unknown.
  std::map<long, std::chrono::milliseconds> wave_durations;
};
[[nodiscard]] EventStats count_events(const session::Events& events);

}  // namespace gs::records
