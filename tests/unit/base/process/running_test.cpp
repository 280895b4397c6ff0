#include "base/process/running.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/file/file.h"
#include "base/process/process.h"

using namespace gs;

TEST_CASE("processes are found by their working directory, and we are not among them") {
  const TemporaryDirectory directory;
  const std::string top = real_path(directory.path());
  const std::string below = join_path(top, "below");
  make_directories(below);
  const auto before = processes_in(top);
  if (!before) return;  // not Linux
  CHECK(before->empty());
  ProcessOptions options;
  options.working_directory = below;
  options.timeout = std::chrono::seconds(20);
  std::optional<std::vector<RunningProcess>> found;
  std::optional<std::vector<RunningProcess>> beside;
  options.on_output = [&](std::string_view chunk) {
    if (chunk.empty() || found) return;
    found = processes_in(top);
    beside = processes_in(join_path(top, "bel"));
    write_file_unsynced(join_path(below, "done"), "");
  };
  (void)run_process({"sh", "-c", "echo ready; while [ ! -e done ]; do sleep 0.05; done"}, options);
  REQUIRE(found);
  const Timestamp now = SystemClock().now();
  for (const RunningProcess& each : *found) {
    CHECK(each.started < now + std::chrono::seconds(3));
    CHECK(each.started > now - std::chrono::minutes(1));
  }
  CHECK(std::any_of(found->begin(), found->end(), [](const RunningProcess& each) {
    return each.argv.front() == "sh" && each.argv.size() == 3 && each.pid > 0;
  }));
  REQUIRE(beside);
  CHECK(beside->empty());
}
