#include "base/dot_git.h"

#include <doctest/doctest.h>

namespace gs {
namespace {

TEST_CASE("every spelling that a file system takes for .git is one") {
  for (const char* name : {".git", ".GIT", ".Git", ".git.", ".git ", ".git . .", "git~1", "GIT~1",
                           "git~1.", ".git::$INDEX_ALLOCATION", ".g\u200cit", "\ufeff.git",
                           ".git\u206a", "a\\.git", "git~1\\b"}) {
    INFO(name);
    CHECK(is_dot_git(name));
  }
}

TEST_CASE("other names are not") {
  for (const char* name : {".gitignore", "git", ".github", "git~2", ".claude", ".gi", "x.git", "",
                           ".git-session.toml", ".gitattributes"}) {
    INFO(name);
    CHECK_FALSE(is_dot_git(name));
  }
}

}  // namespace
}  // namespace gs
