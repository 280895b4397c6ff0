#pragma once

#include <string>

#include "base/file/file.h"

namespace gs {

// As long as it lives, no process appends to the file (append_lines waits), so that it can be read
// and replaced without losing a line. Whoever has waited appends to the file that has its name
// then. Nothing is locked if there is no file. Throws, with the file's name, after ten seconds.
class LineLock {
 public:
  explicit LineLock(const std::string& path);

 private:
  UniqueFd fd_;
};

}  // namespace gs
