#include <doctest/doctest.h>
#include <unistd.h>

#include "base/file/file.h"
#include "base/forked.h"

using namespace gs;

TEST_CASE("temporaries of a process that is gone are removed, everything else stays") {
  const TemporaryDirectory dir;
  const pid_t gone = test::start_forked([] { return true; });
  CHECK(test::wait_forked(gone));
  const auto make = [&](const std::string& name) {
    write_file_atomically(join_path(dir.path(), name), "x");
  };
  make(".git-session-" + std::to_string(gone) + "-0.tmp");
  make(".git-session-" + std::to_string(getpid()) + "-7.tmp");
  make(".git-session-x-1.tmp");
  make("session.json");
  remove_stale_temp_files(dir.path());
  CHECK(list_directory(dir.path()) ==
        std::vector<std::string>{".git-session-" + std::to_string(getpid()) + "-7.tmp",
                                 ".git-session-x-1.tmp", "session.json"});
  remove_stale_temp_files(join_path(dir.path(), "absent"));
}

TEST_CASE("a temporary file is known by its name") {
  const std::string name = new_temp_file_name();
  CHECK(is_temp_file_name(name));
  CHECK_FALSE(is_of_dead_process(name));
  CHECK(new_temp_file_name() != name);
  CHECK(is_temp_file_name(".git-session-4711-0.tmp"));
  for (const char* other : {"", ".tmp", ".git-session-.tmp", ".git-session-1.tmp", "x.tmp",
                            ".git-session-1-.tmp", ".git-session-a-1.tmp", ".git-session-1-b.tmp",
                            ".git-session-0-1.tmp", ".git-session-1-2.tmpx", ".git-session.toml"}) {
    CHECK_FALSE_MESSAGE(is_temp_file_name(other), other);
  }
}
