#include "tracker/queue.h"

#include "base/error.h"
#include "base/file/file.h"
#include "base/text.h"
#include "formats/json.h"
#include "tracker/client.h"

namespace gs::tracker {
namespace {

std::string line_of(const std::string& tracker, const Task& task) {
  Json line = {{"tracker", tracker}};
  line.update(to_json(task));
  return formats::to_json_line(line);
}

std::optional<Queue::Entry> entry_of(std::string_view line) {
  try {
    const Json value = formats::parse_json(line, "queued-issues.jsonl");
    if (!value.is_object()) return std::nullopt;
    std::optional<Task> task = task_from_json(value);
    if (!task) return std::nullopt;
    return Queue::Entry{std::string(line), json_text(value, "tracker"), std::move(*task)};
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

FileLock Queue::lock() const {
  const std::string directory = file_.substr(0, file_.rfind('/'));
  return FileLock::acquire(join_path(directory, "locks/queued-issues"), "the queued issues");
}

std::vector<Queue::Entry> Queue::entries() const {
  std::vector<Entry> entries;
  const std::string text = read_file_if_exists(file_).value_or("");
  for (const std::string_view line : split_lines(text)) {
    if (std::optional<Entry> entry = entry_of(line)) entries.push_back(std::move(*entry));
  }
  return entries;
}

void Queue::add(const std::string& tracker, const Task& task) const {
  const std::string line = line_of(tracker, task);
  const FileLock held = lock();
  for (const Entry& entry : entries())
    if (entry.line == line) return;
  append_lines(file_, line + "\n");
}

void Queue::remove(const std::string& tracker, const Task& task) const {
  remove_line(line_of(tracker, task));
}

void Queue::remove(const Entry& entry) const {
  remove_line(entry.line);
}

void Queue::remove_line(const std::string& line) const {
  if (!file_info(file_)) return;
  const FileLock held = lock();
  const std::optional<std::string> text = read_file_if_exists(file_);
  if (!text) return;
  std::string kept;
  for (const std::string_view each : split_lines(*text)) {
    if (each != line) kept += std::string(each) + "\n";
  }
  if (kept == *text) return;
  if (kept.empty()) {
    remove_file(file_);
  } else {
    write_file_atomically(file_, kept);
  }
}

}  // namespace gs::tracker
