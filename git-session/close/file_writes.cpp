#include "close/file_writes.h"

#include <unistd.h>

#include "base/file.h"
#include "close/records.h"
#include "git/replace_file.h"

namespace gs::close {

namespace {

std::optional<std::string> kept(const Journal& journal, const std::optional<std::string>& key) {
  return key ? std::optional(journal.kept(*key)) : std::nullopt;
}

void set_content(const session::Workspace& workspace, const std::string& path,
                 const std::optional<std::string>& content) {
  if (content) {
    git::replace_file(Journal::directory(workspace), path, *content);
  } else {
    remove_file(path);
  }
}

// Directories that this close made for a file that is gone again.
void remove_empty_directories(const session::Workspace& workspace, const RepoPath& file) {
  std::string path = file.bytes();
  for (std::size_t slash = path.rfind('/'); slash != std::string::npos; slash = path.rfind('/')) {
    path.resize(slash);
    if (::rmdir(workspace.repository.absolute(RepoPath(path)).c_str()) != 0) return;
  }
}

std::string step_id(const FileWrite& file) {
  return "file/" + file.phase + "/" + file.path.bytes();
}

}  // namespace

std::vector<RepoPath> write_files(Context& context, std::string_view phase) {
  std::vector<RepoPath> left;
  for (const FileWrite& file : context.write_plan->files) {
    if (file.phase != phase) continue;
    const std::string path = context.repository().absolute(file.path);
    const std::optional<std::string> before = kept(context.journal, file.before);
    const std::optional<std::string> after = kept(context.journal, file.after);
    const auto result = context.journal.step(
        step_id(file), [] { return Json::object(); },
        [&](const Json&) -> std::optional<Json> {
          if (read_file_if_exists(path) == after) return Json::object();
          return std::nullopt;
        },
        [&](const Json&) -> std::optional<Json> {
          const std::optional<std::string> now = read_file_if_exists(path);
          if (now != before && now != after) return std::nullopt;
          set_content(context.workspace, path, after);
          return Json::object();
        });
    if (!result) left.push_back(file.path);
  }
  return left;
}

void append_record(Context& context) {
  const std::string path = context.repository().absolute(RepoPath(kSessionsFile));
  const std::string& line = context.write_plan->record_line;
  (void)context.journal.step(
      "record",
      [&]() -> Json {
        return {{"there", file_info(path).has_value()}};
      },
      [&](const Json&) -> std::optional<Json> {
        const std::string text = read_file_if_exists(path).value_or("");
        const bool there = text.starts_with(line) || text.find("\n" + line) != std::string::npos;
        return there ? std::optional(Json::object()) : std::nullopt;
      },
      [&](const Json&) -> std::optional<Json> {
        append_lines(path, line);
        return Json::object();
      });
}

namespace {

// Whether sessions.jsonl was there before the first try to append to it.
bool had_records(const Journal& journal) {
  for (const Json& event : journal.events()) {
    if (event.value("event", "") == "begin" && event.value("step", "") == "record") {
      return event.at("intent").value("there", true);
    }
  }
  return true;
}

void take_out_record(const session::Workspace& workspace, const Journal& journal,
                     const WritePlan& plan, Restored& restored) {
  const RepoPath path(kSessionsFile);
  const std::string file = workspace.repository.absolute(path);
  const std::optional<std::string> before = read_file_if_exists(file);
  std::string text = before.value_or("");
  const std::string& line = plan.record_line;
  const std::size_t in_between = text.find("\n" + line);
  if (text.starts_with(line)) {
    text.erase(0, line.size());
  } else if (in_between != std::string::npos) {
    text.erase(in_between + 1, line.size());
  }
  const bool new_file = text.empty() && !had_records(journal);
  const std::optional<std::string> after = new_file ? std::nullopt : std::optional(text);
  if (new_file) remove_file(file);
  if (new_file) remove_empty_directories(workspace, path);
  if (!before || after == before) return;
  if (after) set_content(workspace, file, after);
  restored.restored.push_back(path);
}

}  // namespace

Restored put_back_files(const session::Workspace& workspace, Journal& journal,
                        const WritePlan& plan) {
  Restored restored;
  for (auto file = plan.files.rbegin(); file != plan.files.rend(); ++file) {
    const std::string path = workspace.repository.absolute(file->path);
    const std::optional<std::string> now = read_file_if_exists(path);
    const std::optional<std::string> before = kept(journal, file->before);
    if (now == before) {
      if (!before) remove_empty_directories(workspace, file->path);
      continue;
    }
    if (now != kept(journal, file->after)) {
      restored.left.push_back(file->path);
      continue;
    }
    set_content(workspace, path, before);
    if (!before) remove_empty_directories(workspace, file->path);
    restored.restored.push_back(file->path);
  }
  if (!plan.record_line.empty()) take_out_record(workspace, journal, plan, restored);
  return restored;
}

}  // namespace gs::close
