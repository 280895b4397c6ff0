#include "close/journal/journal.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "git/repository.h"

namespace gs::close {

namespace {

constexpr const char* kFile = "journal.jsonl";

// Contents of notes may be nobody else's business; in a repository that a group shares, where its
// umask is in force, the group may undo a close.
unsigned mode_of_kept() {
  constexpr unsigned kGroupMayWrite = 0020;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return (mask & kGroupMayWrite) == 0 ? 0660 : 0600;
}

// Everything but the lock of the close that is running.
void clear(const std::string& directory) {
  for (const std::string& name : list_directory(directory)) {
    if (name != "lock") remove_tree(join_path(directory, name));
  }
}

std::string_view without_torn_line(std::string_view text) {
  return text.substr(0, text.rfind('\n') + 1);
}

}  // namespace

std::string Journal::directory(const session::Workspace& workspace) {
  return workspace.own_path("close");
}

std::optional<Journal> Journal::load(const session::Workspace& workspace) {
  return load_from(directory(workspace));
}

std::optional<Journal> Journal::load_undo(const session::Workspace& workspace) {
  return load_from(workspace.own_path("undo"));
}

std::optional<Journal> Journal::load_from(const std::string& where) {
  const std::string path = join_path(where, kFile);
  const std::optional<std::string> text = read_file_if_exists(path);
  if (!text) return std::nullopt;
  // A kill in the middle of an append leaves a torn line, whose event had not happened yet. Cut
  // off, so that the next event starts on a line of its own.
  const std::string_view whole = without_torn_line(*text);
  if (whole.size() != text->size()) write_file_atomically(path, whole);
  auto events = events_in(whole, path);
  return events ? std::optional(Journal(where, *std::move(events))) : std::nullopt;
}

std::optional<std::vector<Json>> Journal::events_in(std::string_view text,
                                                    const std::string& path) {
  const formats::JsonLines lines = formats::parse_json_lines(without_torn_line(text));
  if (!lines.broken.empty()) {
    throw fatal("unreadable journal '" + path + "': line " + std::to_string(lines.broken.front()) +
                " is not a JSON object")
        .with_hint(
            "move that file away to give up the unfinished close; nothing else depends on it");
  }
  std::vector<Json> events;
  for (const formats::JsonLines::Record& record : lines.records) events.push_back(record.value);
  if (events.empty()) return std::nullopt;
  if (events.front().value("schema", "") != "git-session/journal/4") {
    throw fatal("journal '" + path +
                "' was written by a version of git-session that this one does not know")
        .with_hint("finish that close with the version that began it");
  }
  return events;
}

Journal Journal::create(const session::Workspace& workspace, const Json& header) {
  Json first = {{"schema", "git-session/journal/4"}};
  first.update(header);
  Journal journal(directory(workspace), {first});
  clear(journal.directory_);  // left by a close that was killed while it finished
  // Whole or not at all: an empty journal would be an unfinished close that cannot be continued.
  write_file_atomically(join_path(journal.directory_, kFile), formats::to_json_line(first) + "\n");
  return journal;
}

Journal Journal::in_memory(const Json& header) {
  return Journal("", {header});
}

Json Journal::last(std::string_view event) const {
  for (auto it = events_.rbegin(); it != events_.rend(); ++it) {
    if (it->value("event", "") == event) return *it;
  }
  return nullptr;
}

void Journal::record(std::string_view event, const Json& fields) {
  Json line = {{"event", event}};
  line.update(fields);
  std::vector<Json> lines;
  lines.push_back(std::move(line));
  record_all(std::move(lines));
}

void Journal::record_all(std::vector<Json> events) {
  if (!directory_.empty() && !events.empty()) {
    sync_kept();
    std::string lines;
    for (const Json& event : events) lines += formats::to_json_line(event) + "\n";
    append_lines(join_path(directory_, kFile), lines);
  }
  std::move(events.begin(), events.end(), std::back_inserter(events_));
}

bool Journal::is_done(const std::string& id) const {
  for (const Json& event : events_) {
    if (event.value("event", "") == "done" && event.value("step", "") == id) return true;
  }
  return false;
}

std::optional<Json> Journal::step(
    const std::string& id, const std::function<Json()>& intend,
    const std::function<std::optional<Json>(const Json& intent)>& took_effect,
    const std::function<std::optional<Json>(const Json& intent)>& apply) {
  std::optional<Json> begun;
  for (const Json& event : events_) {
    if (event.value("step", "") != id) continue;
    if (event.value("event", "") == "done") return event.value("result", Json());
    if (event.value("event", "") == "begin") begun = event.value("intent", Json());
  }
  std::optional<Json> result = begun ? took_effect(*begun) : std::nullopt;
  if (!result) {
    // Things may have changed since an earlier attempt: what identifies the effect is written
    // again.
    const Json intent = intend();
    record("begin", {{"step", id}, {"intent", intent}});
    result = apply(intent);
  }
  if (result) record("done", {{"step", id}, {"result", *result}});
  return result;
}

std::vector<std::size_t> Journal::steps(
    const std::vector<std::string>& ids, const std::function<Json(std::size_t)>& intend,
    const std::function<bool(std::size_t)>& took_effect,
    const std::function<std::vector<std::size_t>(const std::vector<std::size_t>&)>& apply) {
  std::set<std::string> begun;
  std::set<std::string> done;
  for (const Json& event : events_) {
    const std::string kind = event.value("event", "");
    if (kind == "begin") begun.insert(event.value("step", ""));
    if (kind == "done") done.insert(event.value("step", ""));
  }
  std::vector<std::size_t> wanted;
  std::vector<Json> intents;
  std::vector<Json> results;
  const auto is_done_now = [&](std::size_t number) {
    results.push_back({{"event", "done"}, {"step", ids[number]}, {"result", Json::object()}});
  };
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (done.contains(ids[i])) continue;
    if (begun.contains(ids[i]) && took_effect(i)) {
      is_done_now(i);
      continue;
    }
    wanted.push_back(i);
    intents.push_back({{"event", "begin"}, {"step", ids[i]}, {"intent", intend(i)}});
  }
  record_all(std::move(intents));
  const std::vector<std::size_t> applied =
      wanted.empty() ? std::vector<std::size_t>() : apply(wanted);
  for (const std::size_t number : applied) is_done_now(number);
  record_all(std::move(results));
  std::vector<std::size_t> failed;
  std::set_difference(wanted.begin(), wanted.end(), applied.begin(), applied.end(),
                      std::back_inserter(failed));
  return failed;
}

std::vector<Json> Journal::intents(const std::string& id) const {
  std::vector<Json> intents;
  for (const Json& event : events_) {
    if (event.value("event", "") == "begin" && event.value("step", "") == id)
      intents.push_back(event.value("intent", Json()));
  }
  return intents;
}

bool Journal::has_begun(const std::string& id) const {
  return std::any_of(events_.begin(), events_.end(), [&](const Json& event) {
    return event.value("event", "") == "begin" && event.value("step", "") == id;
  });
}

std::string Journal::keep(std::string_view content) {
  const std::string key = git::Repository::hash_blob(content).hex();
  if (directory_.empty()) {
    memory_files_[key] = content;
  } else {
    const std::string files = join_path(directory_, "files");
    const std::string path = join_path(files, key);
    // An existing file may have lost its content in a power failure.
    if (read_file_if_exists(path) != content) {
      make_directories(files);
      write_file_unsynced(path, content, mode_of_kept());
      unsynced_.push_back(key);
    }
  }
  return key;
}

// An event may name kept contents: they have to be on disk first.
void Journal::sync_kept() {
  if (unsynced_.empty()) return;
  const std::string files = join_path(directory_, "files");
  sync_files(files, unsynced_);
  sync_directory_of(join_path(files, "."));
  unsynced_.clear();
}

std::string Journal::kept(const std::string& key) const {
  if (directory_.empty()) return memory_files_.at(key);
  return read_file(join_path(join_path(directory_, "files"), key));
}

void Journal::finish() {
  if (directory_.empty()) return;
  // The journal's own file first: without it there is no unfinished close, and leftovers do no
  // harm.
  remove_file(join_path(directory_, kFile));
  clear(directory_);
}

void Journal::keep_for_undo(const session::Workspace& workspace) {
  const std::string undo = workspace.own_path("undo");
  const std::string contents = join_path(directory_, "files");
  make_directories(undo);
  remove_file(join_path(undo, kFile));
  if (file_info(contents)) {
    remove_tree(join_path(undo, "files"));
    move_path(contents, join_path(undo, "files"));
  }
  move_path(join_path(directory_, kFile), join_path(undo, kFile));
  clear(directory_);
}

void Journal::clear_scratch(const session::Workspace& workspace) {
  clear(directory(workspace));
}

void Journal::retract(std::string_view event) {
  std::erase_if(events_, [&](const Json& each) { return each.value("event", "") == event; });
  std::string lines;
  for (const Json& each : events_) lines += formats::to_json_line(each) + "\n";
  write_file_atomically(join_path(directory_, kFile), lines);
}

std::string describe(const std::optional<LockHolder>& holder) {
  if (!holder) return "another close is running in this worktree";
  return "another close is running in this worktree: pid " + std::to_string(holder->pid) +
         ", since " + format_utc(holder->since);
}

}  // namespace gs::close
