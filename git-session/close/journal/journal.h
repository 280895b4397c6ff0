#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file/file_lock.h"
#include "formats/json.h"
#include "session/workspace.h"

namespace gs::close {

// The record of a close in git-session/close/ of the worktree's git directory: journal.jsonl, one
// event per line, each on disk before the next action, and files/, contents by their blob id. It
// exists as long as the close is unfinished.
class Journal {
 public:
  [[nodiscard]] static std::string directory(const session::Workspace& workspace);
  // Absent when there is no unfinished close. A torn last line, as a kill leaves it, counts as not
  // written.
  [[nodiscard]] static std::optional<Journal> load(const session::Workspace& workspace);
  // The events in a journal's text, without a torn last line. `path`: for messages. Throws if they
  // cannot be read, or are another version's; absent if there are none.
  [[nodiscard]] static std::optional<std::vector<Json>> events_in(std::string_view text,
                                                                  const std::string& path);
  // That of the last close that was completed, kept in git-session/undo/ for its undo.
  [[nodiscard]] static std::optional<Journal> load_undo(const session::Workspace& workspace);
  [[nodiscard]] static Journal create(const session::Workspace& workspace, const Json& header);
  // Keeps its events in memory only: a dry run writes nothing.
  [[nodiscard]] static Journal in_memory(const Json& header);

  [[nodiscard]] const Json& header() const { return events_.front(); }
  [[nodiscard]] const std::vector<Json>& events() const { return events_; }
  // The newest event of a kind; null when there is none.
  [[nodiscard]] Json last(std::string_view event) const;
  void record(std::string_view event, const Json& fields);

  // Runs a writing step at most once, however often the close is interrupted. `intend` returns what
  // is needed to tell whether the step took effect; that is on disk before `apply` runs. For a step
  // that began and is not known to be done, `took_effect` is asked first. `apply` returns what
  // later steps need, or nothing if it failed (it is tried again then). Returns that answer, also
  // from an earlier run.
  [[nodiscard]] std::optional<Json> step(
      const std::string& id, const std::function<Json()>& intend,
      const std::function<std::optional<Json>(const Json& intent)>& took_effect,
      const std::function<std::optional<Json>(const Json& intent)>& apply);
  // Many steps of one kind, synced together: `took_effect` is asked about each that began and is
  // not known to be done; `apply` gets the numbers of the steps to do and returns those that it
  // did. Returns the numbers of those that could not be done.
  [[nodiscard]] std::vector<std::size_t> steps(
      const std::vector<std::string>& ids, const std::function<Json(std::size_t)>& intend,
      const std::function<bool(std::size_t)>& took_effect,
      const std::function<std::vector<std::size_t>(const std::vector<std::size_t>&)>& apply);
  [[nodiscard]] bool is_done(const std::string& id) const;
  [[nodiscard]] bool has_begun(const std::string& id) const;
  // What `intend` returned each time that the step began; in order.
  [[nodiscard]] std::vector<Json> intents(const std::string& id) const;

  // Contents that must survive: kept as files/<blob id>, durable from the next event on.
  [[nodiscard]] std::string keep(std::string_view content);  // its key
  [[nodiscard]] std::string kept(const std::string& key) const;

  // The close is over: removes the directory's contents but the lock, journal.jsonl first.
  void finish();
  // The close is over and complete: its journal takes the place of the last one's in
  // git-session/undo/. Killed, it is repeated.
  void keep_for_undo(const session::Workspace& workspace);
  // Removes what killed processes left in a close's directory; only for who holds its lock, and
  // while no close is unfinished.
  static void clear_scratch(const session::Workspace& workspace);
  // Takes the events of a kind out again.
  void retract(std::string_view event);

 private:
  [[nodiscard]] static std::optional<Journal> load_from(const std::string& directory);
  Journal(std::string directory, std::vector<Json> events)
      : directory_(std::move(directory)), events_(std::move(events)) {}
  void record_all(std::vector<Json> events);
  void sync_kept();

  std::string directory_;  // "" in memory
  std::vector<Json> events_;
  std::map<std::string, std::string> memory_files_;
  std::vector<std::string> unsynced_;  // names in files/
};

[[nodiscard]] std::string describe(const std::optional<LockHolder>& holder);

}  // namespace gs::close
