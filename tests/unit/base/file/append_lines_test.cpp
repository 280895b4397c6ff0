#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <map>

#include "base/error.h"
#include "base/file/file.h"
#include "base/forked.h"
#include "base/text.h"

using namespace gs;

TEST_CASE("appending creates the file and its directories, and adds to what is there") {
  const TemporaryDirectory dir;
  const std::string log = join_path(dir.path(), "a/b/log.jsonl");
  append_lines(log, "");
  CHECK_FALSE(file_info(log));
  append_lines(log, "one\n");
  append_lines(log, "two\nthree\n");
  CHECK(read_file(log) == "one\ntwo\nthree\n");
}

TEST_CASE("a line without its end is refused, since the next writer would end it") {
  const TemporaryDirectory dir;
  const std::string log = join_path(dir.path(), "log");
  CHECK_THROWS_AS(append_lines(log, "one\ntwo"), Error);
  CHECK_FALSE(file_info(log));
}

TEST_CASE("a log that was cut at any byte loses nothing more and takes whole lines again") {
  const TemporaryDirectory dir;
  const std::string log = join_path(dir.path(), "log");
  const std::string full = "{\"a\":1}\n{\"b\":\"ü\"}\n\n{\"c\":3}\n";
  for (std::size_t size = 0; size <= full.size(); ++size) {
    CAPTURE(size);
    const std::string cut = full.substr(0, size);
    write_file_atomically(log, full);
    REQUIRE(truncate(log.c_str(), static_cast<off_t>(size)) == 0);
    append_lines(log, "{\"new\":1}\n{\"new\":2}\n");
    const bool whole = cut.empty() || cut.ends_with('\n');
    CHECK(read_file(log) == cut + (whole ? "" : "\n") + "{\"new\":1}\n{\"new\":2}\n");
  }
}

TEST_CASE("a write that fails half way is taken back, the ended torn tail with it") {
  const TemporaryDirectory dir;
  const std::string log = join_path(dir.path(), "log");
  for (const std::string& before : {std::string("whole\n"), std::string("whole\ntorn")}) {
    write_file_atomically(log, before);
    CHECK(test::run_forked([&] {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{100, 100};  // the first bytes fit, so the write is cut
      setrlimit(RLIMIT_FSIZE, &limit);
      try {
        append_lines(log, std::string(500, 'x') + "\n");
      } catch (const Error& error) {
        return error.message() == "cannot append to '" + log + "': File too large";
      }
      return false;
    }));
    CHECK(read_file(log) == before);
  }
}

TEST_CASE("a full disk is reported as such") {
  CHECK_THROWS_WITH_AS(append_lines("/dev/full", "line\n"),
                       "cannot append to '/dev/full': No space left on device", Error);
}

TEST_CASE("ten processes that append at once lose, tear and mix no line") {
  const TemporaryDirectory dir;
  const std::string log = join_path(dir.path(), "log");
  constexpr int kWriters = 10;
  constexpr int kAppends = 60;
  // Longer than a pipe's and a page's size, so that one write would not be atomic by luck.
  const auto line = [](int writer, int number) {
    return std::to_string(writer) + ":" + std::to_string(number) + ":" +
           std::string(static_cast<std::size_t>(number * 331), static_cast<char>('a' + writer));
  };
  std::vector<pid_t> writers;
  writers.reserve(kWriters);
  for (int w = 0; w < kWriters; ++w) {
    writers.push_back(test::start_forked([&] {
      for (int n = 0; n < kAppends; n += 2) {
        append_lines(log, line(w, n) + "\n" + line(w, n + 1) + "\n");
      }
      return true;
    }));
  }
  for (const pid_t writer : writers) {
    CHECK(test::wait_forked(writer));
  }
  const std::string content = read_file(log);
  std::map<int, int> next;
  int lines = 0;
  for (const std::string_view found : split_lines(content)) {
    const int writer = found.at(0) - '0';
    CHECK(found == line(writer, next[writer]));  // each writer's lines in their order
    ++next[writer];
    ++lines;
  }
  CHECK(lines == kWriters * kAppends);
}

TEST_CASE("writers that are killed at any moment leave at most torn lines behind") {
  const TemporaryDirectory dir;
  const std::string log = join_path(dir.path(), "log");
  const std::string line = std::string(200'000, 'k') + "\n";
  for (int i = 0; i < 20; ++i) {
    const pid_t writer = test::start_forked([&]() -> bool {
      for (;;) {
        append_lines(log, line);
      }
    });
    usleep(static_cast<useconds_t>(1000 + i * 700));
    kill(writer, SIGKILL);
    CHECK_FALSE(test::wait_forked(writer));
    append_lines(log, "survivor " + std::to_string(i) + "\n");
  }
  int survivors = 0;
  const std::string content = read_file(log);
  for (const std::string_view found : split_lines(content)) {
    if (found == "survivor " + std::to_string(survivors)) {
      ++survivors;
    } else {
      CHECK((line.starts_with(found) && !found.empty()));
    }
  }
  CHECK(survivors == 20);
}

TEST_CASE("a log that is replaced while a writer waits for its lock is not written into the void") {
  const TemporaryDirectory dir;
  const std::string log = join_path(dir.path(), "log");
  append_lines(log, "old\n");
  UniqueFd held(open(log.c_str(), O_RDWR | O_CLOEXEC));
  REQUIRE(flock(held.get(), LOCK_EX) == 0);
  const pid_t writer = test::start_forked([&] {
    held.close();  // the fork shares the lock; only the parent may keep it
    write_file_atomically(log + ".waits", "yes\n");
    append_lines(log, "line\n");
    return true;
  });
  REQUIRE(test::wait_for_line(log + ".waits") == "yes");
  const std::string descriptors = "/proc/" + std::to_string(writer) + "/fd";
  CHECK(test::eventually([&] {
    const std::vector<std::string> names = list_directory(descriptors);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      const std::string link = join_path(descriptors, name);
      return file_info(link) && read_symlink(link) == log;
    });
  }));
  write_file_atomically(log, "new\n");
  held.close();
  CHECK(test::wait_forked(writer));
  CHECK(read_file(log) == "new\nline\n");
}
