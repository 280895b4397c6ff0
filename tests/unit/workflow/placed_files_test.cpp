#include "workflow/placed_files.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file/file.h"

using namespace gs;
using gs::workflow::PlacedFiles;

TEST_CASE("files that are not kept are put back as they were") {
  const TemporaryDirectory directory;
  const std::string old_file = directory.path() + "/old";
  const std::string new_file = directory.path() + "/below/new";
  write_file_atomically(old_file, "before");
  {
    PlacedFiles files(TreeFiles(directory.path()), directory.path() + "/own/record", "name");
    files.place(RepoPath("old"), "after");
    files.place(RepoPath("below/new"), "new");
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
    PlacedFiles files(TreeFiles(directory.path()), directory.path() + "/own/record", "name");
    files.place(FilePlace::outside(path), "content");
    files.keep();
  }
  CHECK(read_file(path) == "content");
}

TEST_CASE("a file that somebody else wrote is put back too once it was watched") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/file";
  {
    PlacedFiles files(TreeFiles(directory.path()), directory.path() + "/own/record", "name");
    files.watch(FilePlace::outside(path));
    write_file_atomically(path, "from elsewhere");
  }
  CHECK_FALSE(file_info(path));
}

namespace {

// A process that is killed reaches no destructor.
void place_and_die(const std::string& directory, bool reach_last) {
  auto* files = new PlacedFiles(TreeFiles(directory), directory + "/own/record", "it");
  files->place(RepoPath("old"), "after");
  files->place(RepoPath("below/new"), "new");
  if (reach_last) files->place_last(RepoPath("last"), "last");
}

}  // namespace

TEST_CASE("what a killed process placed is put back by the next one") {
  const TemporaryDirectory directory;
  write_file_atomically(directory.path() + "/old", "before\xff");
  const pid_t child = fork();
  if (child == 0) {
    place_and_die(directory.path(), false);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  CHECK(read_file(directory.path() + "/old") == "after");
  CHECK(PlacedFiles::put_back(TreeFiles(directory.path()), directory.path() + "/own/record") ==
        "it");
  CHECK(read_file(directory.path() + "/old") == "before\xff");
  CHECK_FALSE(file_info(directory.path() + "/below"));
  PlacedFiles::forget(directory.path() + "/own/record");
  CHECK_FALSE(PlacedFiles::put_back(TreeFiles(directory.path()), directory.path() + "/own/record"));
}

TEST_CASE("once the last file is placed nothing is put back") {
  const TemporaryDirectory directory;
  const pid_t child = fork();
  if (child == 0) {
    place_and_die(directory.path(), true);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  write_file_atomically(directory.path() + "/last", "gone on");
  CHECK_FALSE(PlacedFiles::put_back(TreeFiles(directory.path()), directory.path() + "/own/record"));
  CHECK(read_file(directory.path() + "/below/new") == "new");
}
