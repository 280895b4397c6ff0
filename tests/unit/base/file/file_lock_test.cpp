#include "base/file/file_lock.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>

#include "base/error.h"
#include "base/forked.h"
#include "base/process/process.h"

using namespace gs;

namespace {

const Timestamp kNow(std::chrono::milliseconds(1795352355123));

}  // namespace

TEST_CASE("a lock is held by one, who is named to the others") {
  const TemporaryDirectory dir;
  const std::string path = join_path(dir.path(), "deep/lock");
  std::optional<LockHolder> holder = LockHolder{};
  std::optional<FileLock> first = FileLock::try_acquire(path, kNow, &holder);
  REQUIRE(first);
  CHECK_FALSE(holder);
  CHECK_FALSE(FileLock::try_acquire(path, kNow, &holder));
  REQUIRE(holder);
  CHECK(holder->pid == getpid());
  CHECK(holder->since == kNow);
  CHECK_FALSE(FileLock::try_acquire(path, kNow, nullptr));
  first.reset();
  CHECK(FileLock::try_acquire(path, kNow, nullptr));
}

TEST_CASE("a holder that is killed leaves no stale lock") {
  const TemporaryDirectory dir;
  const std::string path = join_path(dir.path(), "lock");
  const pid_t holding = test::start_forked([&] {
    const auto lock = FileLock::try_acquire(path, kNow, nullptr);
    write_file_atomically(path + ".taken", "yes\n");
    pause();
    return lock.has_value();
  });
  REQUIRE(test::wait_for_line(path + ".taken") == "yes");
  std::optional<LockHolder> holder;
  CHECK_FALSE(FileLock::try_acquire(path, kNow, &holder));
  REQUIRE(holder);
  CHECK(holder->pid == holding);
  kill(holding, SIGKILL);
  CHECK_FALSE(test::wait_forked(holding));
  CHECK(FileLock::try_acquire(path, kNow, nullptr));
}

TEST_CASE("a child process does not keep its parent's lock") {
  const TemporaryDirectory dir;
  const std::string path = join_path(dir.path(), "lock");
  auto lock = FileLock::try_acquire(path, kNow, nullptr);
  REQUIRE(lock);
  const ProcessResult result = run_process({"sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $!"});
  lock.reset();
  CHECK(FileLock::try_acquire(path, kNow, nullptr));
  kill(std::stoi(result.out), SIGKILL);
}

TEST_CASE("what cannot be read of a holder is not invented") {
  const TemporaryDirectory dir;
  const std::string path = join_path(dir.path(), "lock");
  const auto lock = FileLock::try_acquire(path, kNow, nullptr);
  REQUIRE(lock);
  for (const char* content : {"", "12", "12 2026-11-22T12:59:15Z", "x 2026-11-22T12:59:15Z\n",
                              "12 never\n", "12 2026-11-22T12:59:15Z more\n"}) {
    CAPTURE(content);
    std::FILE* file = std::fopen(path.c_str(), "w");
    REQUIRE(file != nullptr);
    std::fputs(content, file);
    std::fclose(file);
    std::optional<LockHolder> holder;
    CHECK_FALSE(FileLock::try_acquire(path, kNow, &holder));
    CHECK_FALSE(holder);
  }
}

TEST_CASE("a lock file that was removed locks nobody out, and nobody in") {
  const TemporaryDirectory dir;
  const std::string path = join_path(dir.path(), "lock");
  const auto old = FileLock::try_acquire(path, kNow, nullptr);
  REQUIRE(old);
  remove_file(path);
  const auto fresh = FileLock::try_acquire(path, kNow, nullptr);
  CHECK(fresh);
  CHECK_FALSE(FileLock::try_acquire(path, kNow, nullptr));
}

TEST_CASE("a place where no lock can be made is an error") {
  const TemporaryDirectory dir;
  CHECK_THROWS_AS(static_cast<void>(FileLock::try_acquire(dir.path(), kNow, nullptr)), Error);
}

TEST_CASE("whoever waits for a lock gets it when it is free, and in vain hears whose it is") {
  const TemporaryDirectory dir;
  const std::string path = join_path(dir.path(), "lock");
  const pid_t holding = test::start_forked([&] {
    const FileLock lock = FileLock::acquire(path, "the list");
    write_file_atomically(path + ".taken", "yes\n");
    while (!file_info(path + ".enough")) usleep(1000);
    return true;
  });
  REQUIRE(test::wait_for_line(path + ".taken") == "yes");
  std::string message;
  try {
    static_cast<void>(FileLock::acquire(path, "the list", std::chrono::milliseconds(30)));
  } catch (const Error& error) {
    message = error.message();
    CHECK(error.hint() == "wait for it, or end that process");
  }
  CHECK(message.starts_with("cannot change the list: locked by pid " + std::to_string(holding) +
                            " since 20"));
  write_file_atomically(path + ".enough", "");
  static_cast<void>(FileLock::acquire(path, "the list"));
  CHECK(test::wait_forked(holding));
}

TEST_CASE("twenty processes that count under a lock miss nothing") {
  const TemporaryDirectory dir;
  const std::string path = join_path(dir.path(), "count");
  std::vector<pid_t> counting;
  for (int i = 0; i < 20; ++i) {
    counting.push_back(test::start_forked([&] {
      for (int n = 0; n < 10; ++n) {
        const FileLock lock = FileLock::acquire(path + ".lock", "the count");
        const int count = std::stoi(read_file_if_exists(path).value_or("0"));
        write_file_atomically(path, std::to_string(count + 1));
      }
      return true;
    }));
  }
  for (const pid_t pid : counting) CHECK(test::wait_forked(pid));
  CHECK(read_file(path) == "200");
}
