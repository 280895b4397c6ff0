#include "base/file/lock_state.h"

#include <doctest/doctest.h>

#include <unistd.h>

#include "base/file/file.h"

using namespace gs;

TEST_CASE("whether a lock is held is seen without writing, and it can be taken afterwards") {
  const TemporaryDirectory directory;
  const std::string path = join_path(directory.path(), "lock");
  CHECK_FALSE(lock_state(path).held);
  CHECK_FALSE(file_info(path));
  const Timestamp now = *parse_iso8601("2026-11-22T12:59:15.123Z");
  {
    const auto lock = FileLock::try_acquire(path, now, nullptr);
    REQUIRE(lock);
    const LockState state = lock_state(path);
    CHECK(state.held);
    REQUIRE(state.holder);
    CHECK(state.holder->pid == getpid());
    CHECK(state.holder->since == now);
  }
  const LockState state = lock_state(path);
  CHECK_FALSE(state.held);
  CHECK(state.holder);  // who had it last
  CHECK(FileLock::try_acquire(path, now, nullptr));
}

TEST_CASE("a lock whose file names nobody is held all the same") {
  const TemporaryDirectory directory;
  const std::string path = join_path(directory.path(), "lock");
  const auto lock = FileLock::try_acquire(path, Timestamp{}, nullptr);
  write_file_unsynced(path, "torn");
  CHECK_FALSE(read_holder(path));
}
