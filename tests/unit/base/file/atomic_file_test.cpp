#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstring>
#include <thread>

#include "base/error.h"
#include "base/file/file.h"
#include "base/forked.h"

using namespace gs;

namespace {

struct Directory {
  TemporaryDirectory temporary;
  [[nodiscard]] std::string operator/(std::string_view name) const {
    return join_path(temporary.path(), name);
  }
  [[nodiscard]] std::vector<std::string> names() const { return list_directory(temporary.path()); }
};

unsigned mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

// Whether writing fails, for this reason.
bool fails(const std::string& path, std::string_view content, int reason) {
  try {
    write_file_atomically(path, content);
  } catch (const Error& error) {
    return error.message() == "cannot write '" + path + "': " + std::strerror(reason);
  }
  return false;
}

}  // namespace

TEST_CASE("a file is created and replaced, and nothing else stays in its directory") {
  const Directory dir;
  write_file_atomically(dir / "file", "one");
  CHECK(read_file(dir / "file") == "one");
  write_file_atomically(dir / "file", "");
  CHECK(read_file(dir / "file").empty());
  write_file_atomically(dir / std::string(255, 'n'), "longest name");
  CHECK(dir.names() == std::vector<std::string>{"file", std::string(255, 'n')});
}

TEST_CASE("a new file gets its mode less the umask, an existing one keeps its own") {
  const Directory dir;
  const mode_t before = umask(027);
  write_file_atomically(dir / "new", "");
  write_file_atomically(dir / "tool", "", 0777);
  CHECK(mode_of(dir / "new") == 0640);
  CHECK(mode_of(dir / "tool") == 0750);
  umask(before);
  REQUIRE(chmod((dir / "new").c_str(), 0604) == 0);
  write_file_atomically(dir / "new", "again", 0777);
  CHECK(mode_of(dir / "new") == 0604);
}

TEST_CASE("a symlink stays, and the file that it leads to is replaced") {
  const Directory dir;
  make_directories(dir / "real");
  write_file_atomically(dir / "real/file", "old");
  REQUIRE(symlink("real/file", (dir / "one").c_str()) == 0);
  REQUIRE(symlink((dir / "one").c_str(), (dir / "two").c_str()) == 0);
  write_file_atomically(dir / "two", "new");
  CHECK(read_file(dir / "real/file") == "new");
  CHECK(file_info(dir / "one")->type == FileType::Symlink);
  CHECK(file_info(dir / "two")->type == FileType::Symlink);
  REQUIRE(symlink("real/later", (dir / "dangling").c_str()) == 0);
  write_file_atomically(dir / "dangling", "made");
  CHECK(read_file(dir / "real/later") == "made");
}

TEST_CASE("links that lead in a circle are an error") {
  const Directory dir;
  REQUIRE(symlink("b", (dir / "a").c_str()) == 0);
  REQUIRE(symlink("a", (dir / "b").c_str()) == 0);
  CHECK(fails(dir / "a", "x", ELOOP));
}

TEST_CASE("a directory in the way, or none to write into, is an error that leaves nothing") {
  const Directory dir;
  make_directories(dir / "directory");
  CHECK(fails(dir / "directory", "x", EISDIR));
  CHECK(fails(dir / "absent/file", "x", ENOENT));
  CHECK(dir.names() == std::vector<std::string>{"directory"});
}

TEST_CASE("a write that fails half way leaves the old file and no temporary one") {
  const Directory dir;
  write_file_atomically(dir / "file", "old");
  CHECK(test::run_forked([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
    return fails(dir / "file", std::string(10'000, 'x'), EFBIG);
  }));
  CHECK(read_file(dir / "file") == "old");
  CHECK(dir.names() == std::vector<std::string>{"file"});
}

TEST_CASE("a full disk is reported as such and the old content is still there") {
  const Directory dir;
  const bool good = test::run_forked([&] {
    const uid_t user = getuid();
    // A file system of our own, in a namespace of our own, where the system lets us have one.
    if ((unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) ||
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("tmpfs", dir.temporary.path().c_str(), "tmpfs", 0, "size=64k") != 0) {
      std::fprintf(stderr, "skipped: user %u may not mount a small file system\n", user);
      return true;
    }
    write_file_atomically(dir / "file", "old");
    return fails(dir / "file", std::string(1U << 20U, 'x'), ENOSPC) &&
           read_file(dir / "file") == "old" && dir.names() == std::vector<std::string>{"file"};
  });
  CHECK(good);
}

TEST_CASE("a reader sees the old content or the new one, never a part") {
  const Directory dir;
  const std::string path = dir / "file";
  const std::string a(50'000, 'a');
  const std::string b(70'000, 'b');
  write_file_atomically(path, a);
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::thread reader([&] {
    while (!done) {
      const std::string seen = read_file(path);
      wrong += seen == a || seen == b ? 0 : 1;
    }
  });
  for (int i = 0; i < 100; ++i) {
    write_file_atomically(path, i % 2 == 0 ? b : a);
  }
  done = true;
  reader.join();
  CHECK(wrong == 0);
}

TEST_CASE("writers at the same time do not get into each other's temporary files") {
  const Directory dir;
  std::vector<std::thread> writers;
  writers.reserve(4);
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&, i] {
      for (int n = 0; n < 25; ++n) {
        write_file_atomically(dir / "file", std::string(1000, static_cast<char>('a' + i)));
      }
    });
  }
  for (std::thread& writer : writers) {
    writer.join();
  }
  const std::string last = read_file(dir / "file");
  CHECK(last == std::string(1000, last.at(0)));
  CHECK(dir.names() == std::vector<std::string>{"file"});
}
