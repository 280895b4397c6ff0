#include "session/closing.h"

#include <doctest/doctest.h>

#include "session/session_fixture.h"

using namespace gs::session;
using gs::test::TempRepo;

TEST_CASE("the journal's first line says whose close is unfinished") {
  const TempRepo repo;
  const std::string git_dir = repo.path(".git");
  CHECK_FALSE(closing_session(git_dir));
  repo.write(".git/git-session/close/journal.jsonl",
             "{\"event\":\"begin\",\"session\":\"s-1\"}\n{\"session\":\"other\"}\n{\"torn");
  CHECK(closing_session(git_dir) == "s-1");
}

TEST_CASE("a journal that does not say whose it is counts all the same") {
  const TempRepo repo;
  for (const char* text : {"", "{\"sess", "[]\n", "{}\n", "{\"session\":7}\n"}) {
    repo.write(".git/git-session/close/journal.jsonl", text);
    CHECK_MESSAGE(closing_session(repo.path(".git")) == "", text);
  }
}

TEST_CASE("a close that writes names its files, as bytes") {
  const TempRepo repo;
  const std::string git_dir = repo.path(".git");
  CHECK(files_of_close(git_dir).empty());
  repo.write(".git/git-session/close/journal.jsonl", "{\"session\":\"s-1\"}\n");
  CHECK(files_of_close(git_dir).empty());
  CHECK_FALSE(close_is_writing(git_dir));
  repo.write(".git/git-session/close/journal.jsonl",
             "{\"session\":\"s-1\"}\n{\"event\":\"write-plan\",\"plan\":{\"files\":[{\"place\":"
             "{\"path\":\"612f62\"}},{\"place\":{\"outside\":\"2fff\"}}]}}\n");
  CHECK(close_is_writing(git_dir));
  CHECK(files_of_close(git_dir) ==
        std::vector<gs::FilePlace>{gs::RepoPath("a/b"), gs::FilePlace::outside("/\xff")});
}
