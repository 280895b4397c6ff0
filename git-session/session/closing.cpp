#include "session/closing.h"

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "git/object_id.h"
#include "session/home.h"

namespace gs::session {

std::string journal_file(const std::string& git_dir) {
  return join_path(git_dir, "git-session/close/journal.jsonl");
}

std::optional<std::string> closing_session(const std::string& git_dir) {
  const std::string file = journal_file(git_dir);
  const auto text = read_file_if_exists(file);
  if (!text) return std::nullopt;
  try {
    const Json first =
        formats::parse_json(std::string_view(*text).substr(0, text->find('\n')), file);
    if (first.is_object() && first.contains("session") && first["session"].is_string()) {
      return first["session"].get<std::string>();
    }
  } catch (const Error&) {
    return "";  // the caller still has to know that there is a journal
  }
  return "";
}

namespace {

// The journal's event with the write plan; null if there is none.
Json write_plan_event(const std::string& git_dir) {
  const formats::JsonLines events =
      formats::parse_json_lines(read_file_if_exists(journal_file(git_dir)).value_or(""));
  const auto found =
      std::find_if(events.records.begin(), events.records.end(), [](const auto& record) {
        const auto event = record.value.find("event");
        return event != record.value.end() && *event == "write-plan";
      });
  return found == events.records.end() ? Json() : found->value;
}

}  // namespace

bool close_is_writing(const std::string& git_dir) {
  return !write_plan_event(git_dir).is_null();
}

std::vector<FilePlace> files_of_close(const std::string& git_dir) {
  std::vector<FilePlace> files;
  const Json event = write_plan_event(git_dir);
  if (event.is_null()) return files;
  for (const Json& file : event.value("plan", Json::object()).value("files", Json::array())) {
    files.push_back(place_from_json(file.at("place")));
  }
  return files;
}

std::string close_lock_file(const std::string& git_dir) {
  return join_path(git_dir, "git-session/close/lock");
}

std::string undo_journal_file(const std::string& git_dir) {
  return join_path(git_dir, "git-session/undo/journal.jsonl");
}

std::optional<FileLock> try_lock_close(const std::string& git_dir, Timestamp now,
                                       std::optional<LockHolder>* holder) {
  return FileLock::try_acquire(close_lock_file(git_dir), now, holder);
}

bool is_undo_unfinished(const std::string& git_dir) {
  const auto text = read_file_if_exists(undo_journal_file(git_dir));
  // A quote inside of a string would be escaped.
  return text && text->find("\"event\":\"undo\"") != std::string::npos;
}

Json place_to_json(const FilePlace& place) {
  if (const auto root = place.root())
    return {{"vault", git::to_hex(*root)},
            {"path", git::to_hex(place.bytes().substr(root->size() + 1))}};
  return {{place.inside() ? "path" : "outside", git::to_hex(place.bytes())}};
}

FilePlace place_from_json(const Json& value) {
  const auto path_in = [&value](const char* key) {
    return git::from_hex(value.at(key).get<std::string>());
  };
  if (value.contains("vault"))
    return FilePlace::in_vault(path_in("vault"), RepoPath(path_in("path")));
  if (value.contains("path")) return RepoPath(path_in("path"));
  return FilePlace::outside(path_in("outside"));
}

std::string reports_directory(const std::string& git_dir) {
  return join_path(git_dir, "git-session/reports");
}

std::string outputs_directory(const std::string& git_dir) {
  return join_path(git_dir, "git-session/output");
}

std::string output_file(const std::string& git_dir, const std::string& session,
                        const std::string& name) {
  return join_path(outputs_directory(git_dir),
                   file_name_of(session) + "/" + file_name_of(name) + ".txt");
}

}  // namespace gs::session
