#include "base/file/file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "base/error.h"

using namespace gs;

namespace {

struct Folder {
  TemporaryDirectory temporary;
  [[nodiscard]] std::string operator/(std::string_view name) const {
    return join_path(temporary.path(), name);
  }
};

bool is_open(int fd) {
  return fcntl(fd, F_GETFD) >= 0;
}

}  // namespace

TEST_CASE("an owned descriptor is closed once, and moves") {
  const int raw = open("/dev/null", O_RDONLY | O_CLOEXEC);
  {
    UniqueFd first(raw);
    UniqueFd second(std::move(first));
    CHECK(second.get() == raw);
    UniqueFd third;
    CHECK_FALSE(third.valid());
    third = std::move(second);
    CHECK(third.get() == raw);
    CHECK(is_open(raw));
  }
  CHECK_FALSE(is_open(raw));
  UniqueFd closed(open("/dev/null", O_RDONLY | O_CLOEXEC));
  closed.close();
  closed.close();
  CHECK_FALSE(closed.valid());
}

TEST_CASE("a file's type is its own, not that of what it links to") {
  const Folder dir;
  write_file_atomically(dir / "plain", "12345");
  write_file_atomically(dir / "tool", "", 0777);
  REQUIRE(symlink("plain", (dir / "link").c_str()) == 0);
  REQUIRE(symlink("nowhere", (dir / "dangling").c_str()) == 0);
  REQUIRE(mkfifo((dir / "pipe").c_str(), 0600) == 0);
  CHECK(file_info(dir / "plain")->type == FileType::Regular);
  CHECK(file_info(dir / "plain")->size == 5);
  CHECK(file_info(dir / "tool")->type == FileType::Executable);
  CHECK(file_info(dir / "link")->type == FileType::Symlink);
  CHECK(file_info(dir / "dangling")->type == FileType::Symlink);
  CHECK(file_info(dir / "pipe")->type == FileType::Other);
  CHECK(file_info(dir.temporary.path())->type == FileType::Directory);
  CHECK_FALSE(file_info(dir / "absent"));
  CHECK_FALSE(file_info(dir / "plain/below"));
  CHECK(read_symlink(dir / "link") == "plain");
  CHECK_THROWS_AS(static_cast<void>(read_symlink(dir / "plain")), Error);
}

TEST_CASE("reading gives every byte, also of files that do not tell their size") {
  const Folder dir;
  std::string bytes;
  for (int i = 0; i < 300'000; ++i) {
    bytes += static_cast<char>(i * 7);
  }
  write_file_atomically(dir / "bytes", bytes);
  CHECK(read_file(dir / "bytes") == bytes);
  CHECK(read_file("/proc/self/status").find("Pid:") != std::string::npos);
  CHECK(read_file("/dev/null").empty());
}

TEST_CASE("an absent file is absent, and anything else that fails is an error") {
  const Folder dir;
  write_file_atomically(dir / "plain", "x");
  CHECK_FALSE(read_file_if_exists(dir / "absent"));
  CHECK_FALSE(read_file_if_exists(dir / "plain/below"));
  CHECK_THROWS_WITH_AS(static_cast<void>(read_file("/nowhere/at all")),
                       "cannot read '/nowhere/at all': No such file or directory", Error);
  CHECK_THROWS_AS(static_cast<void>(read_file_if_exists(dir.temporary.path())), Error);
}

TEST_CASE("a directory lists its names sorted, an absent one none") {
  const Folder dir;
  for (const char* name : {"b", "a", ".hidden", "\xFF", "new\nline"}) {
    write_file_atomically(dir / name, "");
  }
  CHECK(list_directory(dir.temporary.path()) ==
        std::vector<std::string>{".hidden", "a", "b", "new\nline", "\xFF"});
  CHECK(list_directory(dir / "absent").empty());
  CHECK(list_directory(dir / "a").empty());
}

TEST_CASE("directories are made with their parents, and made again without complaint") {
  const Folder dir;
  make_directories(dir / "a/b/c");
  make_directories(dir / "a/b/c");
  make_directories(dir / "a//d/");
  CHECK(file_info(dir / "a/b/c")->type == FileType::Directory);
  CHECK(file_info(dir / "a/d")->type == FileType::Directory);
  write_file_atomically(dir / "file", "");
  CHECK_THROWS_AS(make_directories(dir / "file"), Error);
  CHECK_THROWS_AS(make_directories(dir / "file/below"), Error);
  REQUIRE(symlink("a", (dir / "link").c_str()) == 0);
  make_directories(dir / "link");
  make_directories(dir / "link/e");
  CHECK(file_info(dir / "a/e"));
  REQUIRE(symlink("nowhere", (dir / "dangling").c_str()) == 0);
  CHECK_THROWS_AS(make_directories(dir / "dangling/x"), Error);
}

TEST_CASE("removing a file that is not there is no error, removing a directory as a file is") {
  const Folder dir;
  write_file_atomically(dir / "file", "");
  remove_file(dir / "file");
  CHECK_FALSE(file_info(dir / "file"));
  remove_file(dir / "file");
  remove_file(dir / "absent/file");
  make_directories(dir / "directory");
  CHECK_THROWS_AS(remove_file(dir / "directory"), Error);
}

TEST_CASE("removing a tree never follows a link out of it") {
  const Folder dir;
  make_directories(dir / "keep");
  write_file_atomically(dir / "keep/file", "precious");
  make_directories(dir / "tree/deep/er");
  write_file_atomically(dir / "tree/deep/file", "");
  REQUIRE(symlink("../keep", (dir / "tree/link").c_str()) == 0);
  REQUIRE(symlink("keep", (dir / "rootlink").c_str()) == 0);
  remove_tree(dir / "tree");
  remove_tree(dir / "rootlink");
  remove_tree(dir / "absent");
  remove_tree(dir / "keep/file/below");
  CHECK_FALSE(file_info(dir / "tree"));
  CHECK_FALSE(file_info(dir / "rootlink"));
  CHECK(read_file(dir / "keep/file") == "precious");
}

TEST_CASE("a tree of read-only directories is removed, and what links lead to keeps its mode") {
  const Folder dir;
  make_directories(dir / "keep");
  REQUIRE(chmod((dir / "keep").c_str(), 0500) == 0);
  make_directories(dir / "tree/a/b");
  write_file_atomically(dir / "tree/a/b/file", "");
  REQUIRE(symlink("../../keep", (dir / "tree/a/link").c_str()) == 0);
  for (const char* name : {"tree/a/b/file", "tree/a/b", "tree/a", "tree"})
    REQUIRE(chmod((dir / name).c_str(), 0) == 0);
  remove_tree(dir / "tree");
  CHECK_FALSE(file_info(dir / "tree"));
  struct stat status {};
  REQUIRE(stat((dir / "keep").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0500);
}

TEST_CASE("paths are joined with one slash") {
  CHECK(join_path("a", "b") == "a/b");
  CHECK(join_path("a/", "b") == "a/b");
  CHECK(join_path("/", "b") == "/b");
  CHECK(join_path("", "b") == "b");
}

TEST_CASE("the parent directory of a path is where its entry stands") {
  CHECK(parent_directory("a/b") == "a");
  CHECK(parent_directory("a/b/") == "a");
  CHECK(parent_directory("a") == ".");
  CHECK(parent_directory("/a") == "/");
  CHECK(parent_directory("/") == "/");
}

TEST_CASE("a real path has no links and must exist") {
  const Folder dir;
  make_directories(dir / "a");
  REQUIRE(symlink("a", (dir / "link").c_str()) == 0);
  CHECK(real_path(dir / "link/../link") == real_path(dir.temporary.path()) + "/a");
  CHECK_THROWS_AS(static_cast<void>(real_path(dir / "absent")), Error);
}

TEST_CASE("a temporary directory is private, its own, and gone afterwards") {
  std::string path;
  {
    const TemporaryDirectory first;
    const TemporaryDirectory inner(first.path());
    path = first.path();
    CHECK(inner.path().starts_with(path + "/"));
    struct stat status {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0700);
    make_directories(join_path(path, "a/b"));
    write_file_atomically(join_path(path, "a/b/file"), "");
  }
  CHECK_FALSE(file_info(path));
  CHECK_THROWS_AS(TemporaryDirectory("/nowhere"), Error);
}
