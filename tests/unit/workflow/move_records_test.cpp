#include "workflow/move_records.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include "workflow/workflow_fixture.h"

using namespace gs;
using namespace gs::workflow;
using gs::test::contains;
using gs::test::error_of;
using gs::test::SessionRepo;

namespace {

const std::string kTracked = ".orchestrator/metrics/";
const std::string kPrivate = ".git/git-session/records/";
const std::string kTrackedIssues = ".orchestrator/issues/";
const std::string kPrivateIssues = ".git/git-session/issues/";

std::vector<MovedFile> move(const SessionRepo& repo, bool tracked) {
  return move_records(repo.workspace(), tracked);
}

}  // namespace

TEST_CASE("records and issues go to the other home, byte for byte, and back") {
  const SessionRepo repo;
  const std::string lines = "{\"a\":1}\nno json \xff\n";
  repo.write(kTracked + "sessions.jsonl", lines);
  repo.write(kTrackedIssues + "7.md", "seven");
  CHECK(move(repo, false).size() == 2);
  CHECK(repo.read(kPrivate + "sessions.jsonl") == lines);
  CHECK(repo.read(kPrivateIssues + "7.md") == "seven");
  CHECK_FALSE(repo.has(kTracked + "sessions.jsonl"));
  CHECK_FALSE(repo.has(kTrackedIssues + "7.md"));
  CHECK(repo.git({"config", "session.records"}) == "private");

  CHECK(move(repo, true).size() == 2);
  CHECK(repo.read(kTracked + "sessions.jsonl") == lines);
  CHECK_FALSE(repo.has(kPrivate + "sessions.jsonl"));
  CHECK(repo.git({"config", "session.records"}) == "tracked");
}

TEST_CASE("lines of both homes are joined, each once") {
  const SessionRepo repo;
  repo.write(kTracked + "sessions.jsonl", "{\"a\":1}\n{\"b\":2}\n");
  repo.write(kPrivate + "sessions.jsonl", "{\"a\":1}\n{\"c\":3}\n");
  (void)move(repo, false);
  const std::string joined = repo.read(kPrivate + "sessions.jsonl");
  for (const char* line : {"{\"a\":1}\n", "{\"b\":2}\n", "{\"c\":3}\n"}) {
    CHECK_MESSAGE(contains(joined, line), line);
    CHECK_MESSAGE(joined.find(line) == joined.rfind(line), line);
  }
}

TEST_CASE("another issue of the same number is refused before anything moves") {
  const SessionRepo repo;
  repo.write(kTracked + "sessions.jsonl", "{\"a\":1}\n");
  repo.write(kTrackedIssues + "7.md", "seven");
  repo.write(kPrivateIssues + "7.md", "another");
  CHECK(contains(error_of([&] { (void)move(repo, false); }), "both homes have another '7.md'"));
  CHECK(repo.read(kTracked + "sessions.jsonl") == "{\"a\":1}\n");
  CHECK(repo.read(kPrivateIssues + "7.md") == "another");
  CHECK_FALSE(repo.has(kPrivate + "sessions.jsonl"));
  CHECK(repo.try_git({"config", "session.records"}).exit_status != 0);
}

TEST_CASE("a move that was killed before it removed anything is finished by the next") {
  const SessionRepo repo;
  const std::string lines = "{\"a\":1}\n{\"b\":2}\n";
  for (const std::string& home : {kTracked, kPrivate}) repo.write(home + "sessions.jsonl", lines);
  for (const std::string& home : {kTrackedIssues, kPrivateIssues}) repo.write(home + "7.md", "x");
  (void)move(repo, false);
  CHECK(repo.read(kPrivate + "sessions.jsonl") == lines);
  CHECK(repo.read(kPrivateIssues + "7.md") == "x");
  CHECK_FALSE(repo.has(kTracked + "sessions.jsonl"));
  CHECK_FALSE(repo.has(kTrackedIssues + "7.md"));
}

TEST_CASE("a last line without an end does not run into the other home's first") {
  const SessionRepo repo;
  repo.write(kTracked + "sessions.jsonl", "{\"a\":1}");
  repo.write(kPrivate + "sessions.jsonl", "{\"c\":3}");
  (void)move(repo, false);
  const std::string joined = repo.read(kPrivate + "sessions.jsonl");
  CHECK(contains("\n" + joined + "\n", "\n{\"a\":1}\n"));
  CHECK(contains("\n" + joined + "\n", "\n{\"c\":3}\n"));
}

TEST_CASE("while a session is open nothing moves, and the message names it") {
  const SessionRepo repo;
  repo.write(kTracked + "sessions.jsonl", "{\"a\":1}\n");
  const std::string id = repo.start().session;
  CHECK(contains(error_of([&] { (void)move(repo, false); }), "'" + id + "' is open"));
  CHECK(repo.has(kTracked + "sessions.jsonl"));
}

TEST_CASE("a session's file that cannot be read may be an open one: nothing moves") {
  const SessionRepo repo;
  repo.write(kTracked + "sessions.jsonl", "{\"a\":1}\n");
  repo.write(".claude/STATE.md", "---\nbroken: [\n---\n");
  CHECK_FALSE(error_of([&] { (void)move(repo, false); }).empty());
  CHECK(repo.has(kTracked + "sessions.jsonl"));
}

TEST_CASE("records are never written through a link out of the tree") {
  const SessionRepo repo;
  const TemporaryDirectory elsewhere;
  repo.write(kPrivate + "sessions.jsonl", "{\"a\":1}\n");
  REQUIRE(symlink(elsewhere.path().c_str(), repo.path(".orchestrator/metrics").c_str()) == 0);
  CHECK_FALSE(error_of([&] { (void)move(repo, true); }).empty());
  CHECK(list_directory(elsewhere.path()).empty());
  CHECK(repo.has(kPrivate + "sessions.jsonl"));
}

TEST_CASE("nothing to move still makes the home that of new sessions") {
  const SessionRepo repo;
  CHECK(move(repo, false).empty());
  CHECK(repo.git({"config", "session.records"}) == "private");
}
