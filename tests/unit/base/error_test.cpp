#include "base/error.h"

#include <doctest/doctest.h>

#include <cerrno>

TEST_CASE("each kind of error has the exit code of git's convention") {
  CHECK(gs::fatal("x").exit_code() == gs::ExitCode::Fatal);
  CHECK(gs::refused("x").exit_code() == gs::ExitCode::No);
  CHECK(gs::usage_error("x").exit_code() == gs::ExitCode::Usage);
}

TEST_CASE("an error keeps its message and kind when it gets a hint") {
  const gs::Error error = gs::refused("no session").with_hint("start one");
  CHECK(error.kind() == gs::ErrorKind::Refused);
  CHECK(error.message() == "no session");
  CHECK(error.hint() == "start one");
  CHECK(gs::refused("no session").hint().empty());
}

TEST_CASE("a failed system call is told with action, path and reason") {
  const gs::Error error = gs::system_error("read", "a b", ENOENT);
  CHECK(error.message() == "cannot read 'a b': No such file or directory");
  CHECK(error.kind() == gs::ErrorKind::Fatal);
}
