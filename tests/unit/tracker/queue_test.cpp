#include "tracker/queue.h"

#include <doctest/doctest.h>

#include "base/file/file.h"
#include "base/forked.h"

namespace gs::tracker {
namespace {

Task task(const std::string& title) {
  Task created;
  created.issue.title = title;
  created.issue.session = "s-1";
  created.issue.origin = "carryover";
  return created;
}

TEST_CASE("the queue holds a task once, oldest first, and is gone when it is empty") {
  const TemporaryDirectory directory;
  const std::string file = join_path(directory.path(), "queued-issues.jsonl");
  const Queue queue(file);
  CHECK(queue.entries().empty());
  queue.add("github", {task("one")});
  queue.add("github", {task("two")});
  queue.add("github", {task("one")});
  const auto entries = queue.entries();
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].task.issue.title == "one");
  CHECK(entries[0].tracker == "github");
  queue.remove("github", {task("one")});
  queue.remove("gitlab", {task("two")});
  CHECK(queue.entries().size() == 1);
  queue.remove(queue.entries()[0]);
  CHECK_FALSE(file_info(file));
}

TEST_CASE("what is not a task stays in the queue, and what an older version wrote is one") {
  const TemporaryDirectory directory;
  const std::string file = join_path(directory.path(), "queued-issues.jsonl");
  append_lines(
      file,
      "torn {\n{\"session\":\"s\",\"number\":0,\"tracker\":\"github\",\"action\":\"close\","
      "\"reference\":\"#9\",\"title\":\"t\",\"priority\":null,\"reason\":\"done\"}\n[1]\n");
  const Queue queue(file);
  const auto entries = queue.entries();
  REQUIRE(entries.size() == 1);
  CHECK(entries[0].task.number == 9);
  queue.remove(entries[0]);
  CHECK(read_file(file) == "torn {\n[1]\n");
}

TEST_CASE("twelve processes that queue and take out at once lose nothing") {
  const TemporaryDirectory directory;
  const Queue queue(join_path(directory.path(), "queued-issues.jsonl"));
  for (int i = 0; i < 12; ++i) queue.add("github", {task("old " + std::to_string(i))});
  std::vector<pid_t> writers;
  for (int i = 0; i < 12; ++i) {
    writers.push_back(test::start_forked([&, i] {
      queue.add("github", {task("the same")});
      queue.add("github", {task("new " + std::to_string(i))});
      queue.remove("github", {task("old " + std::to_string(i))});
      return true;
    }));
  }
  for (const pid_t pid : writers) CHECK(test::wait_forked(pid));
  CHECK(queue.entries().size() == 13);
  for (const Queue::Entry& entry : queue.entries())
    CHECK_FALSE(entry.task.issue.title.starts_with("old"));
}

}  // namespace
}  // namespace gs::tracker
