#include "base/leftovers.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "base/file.h"
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
  remove_leftovers(dir.path());
  CHECK(list_directory(dir.path()) ==
        std::vector<std::string>{".git-session-" + std::to_string(getpid()) + "-7.tmp",
                                 ".git-session-x-1.tmp", "session.json"});
  remove_leftovers(join_path(dir.path(), "absent"));
}
