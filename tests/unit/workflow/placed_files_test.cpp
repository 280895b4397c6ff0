#include "workflow/placed_files.h"

#include <doctest/doctest.h>

#include "base/file.h"

using namespace gs;
using gs::workflow::PlacedFiles;

TEST_CASE("files that are not kept are put back as they were") {
  const TemporaryDirectory directory;
  const std::string old_file = directory.path() + "/old";
  const std::string new_file = directory.path() + "/below/new";
  write_file_atomically(old_file, "before");
  {
    PlacedFiles files;
    files.place(old_file, "after");
    files.place(new_file, "new");
    CHECK(read_file(old_file) == "after");
    CHECK(read_file(new_file) == "new");
  }
  CHECK(read_file(old_file) == "before");
  CHECK_FALSE(file_info(new_file));
}

TEST_CASE("files that are kept stay") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/file";
  {
    PlacedFiles files;
    files.place(path, "content");
    files.keep();
  }
  CHECK(read_file(path) == "content");
}

TEST_CASE("a file that somebody else wrote is put back too once it was watched") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/file";
  {
    PlacedFiles files;
    files.watch(path);
    write_file_atomically(path, "from elsewhere");
  }
  CHECK_FALSE(file_info(path));
}
