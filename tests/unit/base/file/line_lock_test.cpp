#include "base/file/line_lock.h"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <thread>

#include "base/file/file.h"

using namespace gs;

TEST_CASE("nobody appends to a file that is being replaced, and no line is lost") {
  const TemporaryDirectory directory;
  const std::string file = join_path(directory.path(), "lines");
  const LineLock nothing(file);  // there is no file yet
  append_lines(file, "first\n");
  std::optional<LineLock> lock(file);
  std::thread other([&] { append_lines(file, "other\n"); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(read_file(file) == "first\n");
  write_file_atomically(file, "second\n");
  lock.reset();
  other.join();
  CHECK(read_file(file) == "second\nother\n");
}
