#include "close/journal/put_back.h"

#include <algorithm>
#include <map>

#include "base/file/line_lock.h"
#include "base/text.h"
#include "close/journal/file_writes.h"
#include "formats/json.h"
#include "git/objects/merge.h"
#include "session/workspace.h"

namespace gs::close {

namespace {

using Content = std::optional<std::string>;

// Whether the file existed before the first attempt to append to it.
bool was_there(const Journal& journal, const std::string& step) {
  for (const Json& event : journal.events()) {
    if (event.value("event", "") == "begin" && event.value("step", "") == step) {
      return event.at("intent").value("there", true);
    }
  }
  return true;
}

// A file that a close wrote twice is named only once.
void add_once(std::vector<FilePlace>& paths, const FilePlace& path) {
  if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
}

// A learning is known by its id, any other line by itself.
std::string key_of(std::string_view line) {
  const formats::JsonLines parsed = formats::parse_json_lines(std::string(line) + "\n");
  for (const formats::JsonLines::Record& record : parsed.records) {
    const Json id = record.value.value("id", Json());
    if (id.is_string()) return id.get<std::string>();
  }
  return std::string(line);
}

std::map<std::string, std::string_view> lines_by_key(std::string_view text) {
  std::map<std::string, std::string_view> lines;
  for (const std::string_view line : split_lines(text)) lines.emplace(key_of(line), line);
  return lines;
}

// The lines of `now` without those that `after` has more than `before`, with those that it lacks,
// and with those that it has otherwise as they were, unless they have changed since.
std::string without_lines(std::string_view before, std::string_view after, std::string_view now) {
  const auto was = lines_by_key(before);
  const auto became = lines_by_key(after);
  const auto is = lines_by_key(now);
  std::string text;
  for (const std::string_view line : split_lines(now)) {
    const std::string key = key_of(line);
    const auto earlier = was.find(key);
    const auto later = became.find(key);
    if (later != became.end() && earlier == was.end()) continue;
    const bool is_unchanged = later != became.end() && later->second == line;
    text.append(is_unchanged ? earlier->second : line) += '\n';
  }
  for (const std::string_view line : split_lines(before)) {
    const std::string key = key_of(line);
    if (!became.contains(key) && !is.contains(key)) text.append(line) += '\n';
  }
  return text;
}

// `now` without the change from `before` to `after`; absent: that does not fit.
std::optional<PutBack> without_change(const FilePlace& path, const Content& before,
                                      const Content& after, const Content& now) {
  if (!now || !after) return std::nullopt;
  if (path.name().ends_with(".jsonl")) {
    PutBack back{path, without_lines(before.value_or(""), *after, *now)};
    if (back.content->empty() && !before) back.content.reset();
    return back;
  }
  if (!before) return std::nullopt;
  auto merged = git::merge_contents(*after, *now, *before);
  if (!merged) return std::nullopt;
  return PutBack{path, *std::move(merged)};
}

class Planner {
 public:
  // `writes`: each change is made as soon as it is planned, so that no other comes in between.
  Planner(const session::Workspace& workspace, const Journal& journal, Since since, bool writes)
      : workspace_(workspace),
        files_(workspace.repository.files()),
        journal_(journal),
        since_(since),
        writes_(writes) {}

  void take_back(const WritePlan& plan) {
    for (auto file = plan.files.rbegin(); file != plan.files.rend(); ++file) take_back(*file);
    for (std::size_t i = plan.lines.size(); i-- > 0;)
      take_out(step_of_line(i), plan.lines[i].path, plan.lines[i].line);
    if (!plan.record_line.empty()) take_out("record", plan.record_file, plan.record_line);
  }
  PutBackPlan take() { return std::move(plan_); }

 private:
  void take_back(const FileWrite& file) {
    // Skips files that the close did not get to, or found created by others; one that it left
    // because it had changed is named.
    if (!has_written(journal_, file) && !(file.before && journal_.has_begun(step_id(file)))) return;
    const auto lock = lock_lines(file.path);
    const Content now = content_now(file.path);
    const Content before = kept(journal_, file.before);
    const Content after = kept(journal_, file.after);
    if (now == before) {
      // Its empty directories may still have to go.
      if (!before) becomes(file.path, before);
    } else if (now == after) {
      becomes(file.path, before);
    } else if (const auto merged = since_ == Since::Merges
                                       ? without_change(file.path, before, after, now)
                                       : std::nullopt) {
      becomes(merged->path, merged->content);
    } else {
      add_once(plan_.left, file.path);
    }
  }

  void take_out(const std::string& step, const FilePlace& path, const std::string& line) {
    const auto lock = lock_lines(path);
    const Content before = content_now(path);
    if (!before) return;
    std::string text = *before;
    const std::size_t in_between = text.find("\n" + line);
    if (text.starts_with(line)) {
      text.erase(0, line.size());
    } else if (in_between != std::string::npos) {
      text.erase(in_between + 1, line.size());
    } else {
      return;
    }
    const bool new_file = text.empty() && !was_there(journal_, step);
    becomes(path, new_file ? std::nullopt : Content(text));
  }

  // Against other worktrees' sessions, which append to the records that all share.
  [[nodiscard]] std::optional<LineLock> lock_lines(const FilePlace& path) const {
    const bool is_own = !path.inside() && !path.root();
    const bool is_shared = writes_ && is_own && path.name().ends_with(".jsonl");
    return is_shared ? std::make_optional<LineLock>(path.bytes()) : std::nullopt;
  }
  [[nodiscard]] Content content_now(const FilePlace& path) const {
    const auto planned = planned_.find(path);
    return planned != planned_.end() ? planned->second : files_.read(path, FileLimit::Records);
  }
  void becomes(const FilePlace& path, const Content& content) {
    const bool changes = content || content_now(path);
    if (writes_ && changes) set_content(workspace_, path, content);
    if (writes_ && !content) files_.remove_empty_directories(path);
    if (!writes_) planned_[path] = content;
    if (changes) plan_.files.push_back({path, content});
  }

  const session::Workspace& workspace_;
  TreeFiles files_;
  const Journal& journal_;
  Since since_;
  bool writes_;
  std::map<FilePlace, Content> planned_;  // a file may have been written twice
  PutBackPlan plan_;
};

}  // namespace

PutBackPlan plan_put_back(const session::Workspace& workspace, const Journal& journal,
                          const WritePlan& plan, Since since) {
  Planner planner(workspace, journal, since, false);
  planner.take_back(plan);
  return planner.take();
}

Restored put_back_files(const session::Workspace& workspace, const Journal& journal,
                        const WritePlan& plan, Since since) {
  Planner planner(workspace, journal, since, true);
  planner.take_back(plan);
  PutBackPlan done = planner.take();
  Restored restored;
  restored.left = std::move(done.left);
  for (const PutBack& file : done.files) add_once(restored.restored, file.path);
  return restored;
}

}  // namespace gs::close
