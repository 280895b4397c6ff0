#include "git/shared_repository.h"

#include <doctest/doctest.h>

using gs::git::shared_umask;

TEST_CASE("the umask follows core.sharedRepository as git's modes do") {
  for (const char* value : {"umask", "false", "0", "no", "0400", "nonsense", "07777"})
    CHECK(shared_umask(value, 022) == 022);
  for (const char* value : {"group", "true", "1", "yes", "GROUP"}) {
    CHECK(shared_umask(value, 022) == 002);
    CHECK(shared_umask(value, 077) == 007);
  }
  for (const char* value : {"all", "world", "everybody", "2"})
    CHECK(shared_umask(value, 077) == 002);
  CHECK(shared_umask("0640", 077) == 0027);
  CHECK(shared_umask("0660", 022) == 0007);
  CHECK(shared_umask("0664", 077) == 0002);
}
