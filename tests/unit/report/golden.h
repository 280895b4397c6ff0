#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "base/file/file.h"
#include "base/process/process.h"

namespace gs::test {

// Compares `actual` with tests/golden/<name>. With GIT_SESSION_UPDATE_GOLDEN=1 in the environment
// it is written there instead.
inline void check_golden(std::string_view name, const std::string& actual) {
  const std::string path = join_path(join_path(GIT_SESSION_SOURCE_DIR, "tests/golden"), name);
  if (environment_variable("GIT_SESSION_UPDATE_GOLDEN") == "1") {
    make_directories(path.substr(0, path.rfind('/')));
    write_file_atomically(path, actual);
  }
  CAPTURE(path);
  CHECK(read_file_if_exists(path).value_or("(there is no such file)") == actual);
}

}  // namespace gs::test
