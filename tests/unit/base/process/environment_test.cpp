#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>

#include "base/file/file.h"
#include "base/forked.h"
#include "base/process/child.h"
#include "base/process/process.h"

using namespace gs;
using Strings = std::vector<std::string>;

TEST_CASE("an unset variable is absent, an empty one is empty") {
  CHECK(test::run_forked([] {
    setenv("GS_TEST_EMPTY", "", 1);
    unsetenv("GS_TEST_UNSET");
    return environment_variable("GS_TEST_EMPTY") == "" && !environment_variable("GS_TEST_UNSET");
  }));
}

TEST_CASE("a program is looked up in the order of PATH, an empty entry being here") {
  CHECK(program_candidates("x", "/a:/b/::") == Strings{"/a/x", "/b/x", "./x", "./x"});
  CHECK(program_candidates("dir/x", "/a") == Strings{"dir/x"});
  CHECK(program_candidates("", "/a").empty());
  CHECK(program_candidates("x", std::nullopt).back() == "/bin/x");
}

TEST_CASE("only an executable file is a program") {
  const TemporaryDirectory dir;
  const auto put = [&](const char* place, unsigned mode) {
    make_directories(join_path(dir.path(), place));
    write_file_atomically(join_path(dir.path(), std::string(place) + "/tool"), "", mode);
  };
  put("plain", 0644);
  put("right", 0755);
  make_directories(join_path(dir.path(), "directory/tool"));
  CHECK(test::run_forked([&] {
    const std::string& top = dir.path();
    setenv("PATH",
           (top + "/none:" + top + "/directory:" + top + "/plain:" + top + "/right").c_str(), 1);
    return find_program("tool") == top + "/right/tool" && !find_program("other") &&
           !find_program("") && find_program(top + "/right/tool") &&
           !find_program(top + "/plain/tool");
  }));
}

TEST_CASE("configured commands run in bash, or in sh where there is none") {
  const TemporaryDirectory dir;
  write_file_atomically(join_path(dir.path(), "bash"), "", 0755);
  CHECK(test::run_forked([&] {
    setenv("PATH", dir.path().c_str(), 1);
    return shell_argv("a && b") == Strings{"bash", "-c", "a && b"};
  }));
  remove_file(join_path(dir.path(), "bash"));
  CHECK(test::run_forked([&] {
    setenv("PATH", dir.path().c_str(), 1);
    return shell_argv("a && b") == Strings{"sh", "-c", "a && b"};
  }));
}
