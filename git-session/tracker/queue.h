#pragma once

#include <string>
#include <vector>

#include "base/file/file_lock.h"
#include "tracker/filing.h"

namespace gs::tracker {

// What could not be done in a tracker, one JSON object a line in queued-issues.jsonl of the git
// directory (docs/formats.md). A line that is none stays where it is. Changed under the lock
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
  // Once: not when the same line is there.
  void add(const std::string& tracker, const Task& task) const;
  void remove(const std::string& tracker, const Task& task) const;
  void remove(const Entry& entry) const;

 private:
  [[nodiscard]] FileLock lock() const;
  void remove_line(const std::string& line) const;
  std::string file_;
};

}  // namespace gs::tracker
