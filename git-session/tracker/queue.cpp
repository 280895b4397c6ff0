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

void Queue::add(const std::string& tracker, const std::vector<Task>& tasks) const {
  const FileLock held = lock();
  const std::string text = read_file_if_exists(file_).value_or("");
  std::set<std::string, std::less<>> known;
  for (const std::string_view line : split_lines(text)) known.emplace(line);
  std::string added;
  for (const Task& task : tasks) {
    const auto [line, is_new] = known.insert(line_of(tracker, task));
    if (is_new) added += *line + "\n";
  }
  append_lines(file_, added);
}

void Queue::remove(const std::string& tracker, const std::vector<Task>& tasks) const {
  std::set<std::string, std::less<>> lines;
  for (const Task& task : tasks) lines.insert(line_of(tracker, task));
  remove_lines(lines);
}

void Queue::remove(const Entry& entry) const {
  remove_lines({entry.line});
}

void Queue::remove_lines(const std::set<std::string, std::less<>>& lines) const {
  if (!file_info(file_)) return;
  const FileLock held = lock();
  const std::optional<std::string> text = read_file_if_exists(file_);
  if (!text) return;
  std::string kept;
  for (const std::string_view each : split_lines(*text)) {
    if (!lines.contains(each)) kept += std::string(each) + "\n";
  }
  if (kept == *text) return;
  if (kept.empty()) {
    remove_file(file_);
  } else {
    write_file_atomically(file_, kept);
  }
}

}  // namespace gs::tracker
