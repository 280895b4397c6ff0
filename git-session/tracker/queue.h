#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/file/file_lock.h"
#include "tracker/filing.h"

namespace gs::tracker {

// Tasks that failed in a tracker, one JSON object per line in queued-issues.jsonl of the git
// directory (docs/formats.md). Other lines are preserved. Changed under the lock
// locks/queued-issues beside it.
class Queue {
 public:
  explicit Queue(std::string file) : file_(std::move(file)) {}

  struct Entry {
    std::string line;
    std::string tracker;
    Task task;
  };
  [[nodiscard]] std::vector<Entry> entries() const;
  // Leaves out those whose line exists.
  void add(const std::string& tracker, const std::vector<Task>& tasks) const;
  void remove(const std::string& tracker, const std::vector<Task>& tasks) const;
  void remove(const Entry& entry) const;

 private:
  [[nodiscard]] FileLock lock() const;
  void remove_lines(const std::set<std::string, std::less<>>& lines) const;
  std::string file_;
};

}  // namespace gs::tracker
