#include "checks/gates/missing_files.h"

#include <doctest/doctest.h>

using gs::RepoPath;
using gs::checks::named_in;

namespace {

std::string named(std::string_view output) {
  const std::vector<RepoPath> paths{RepoPath("src/config.local.h"),
                                    RepoPath("app/local_settings.py"), RepoPath("Makefile.inc"),
                                    RepoPath("über/größe.txt")};
  std::string text;
  for (const RepoPath& path : named_in(output, paths)) text += path.bytes() + " ";
  return text;
}

}  // namespace

TEST_CASE("a file is named by its path, its last segment, or its module") {
  CHECK(named("a.c:1:10: fatal error: config.local.h: No such file") == "src/config.local.h ");
  CHECK(named("cannot open './src/config.local.h'.") == "src/config.local.h ");
  CHECK(named("ModuleNotFoundError: No module named 'local_settings'") == "app/local_settings.py ");
  CHECK(named("Makefile:3: /tmp/x/Makefile.inc: No such file") == "Makefile.inc ");
  CHECK(named("größe.txt is missing") == "über/größe.txt ");
}

TEST_CASE("a part of another name names nothing") {
  CHECK(named("myconfig.local.h config.local.hpp local_settings2 Makefile").empty());
  CHECK(named("").empty());
}
