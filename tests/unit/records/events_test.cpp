#include "records/events.h"

#include <doctest/doctest.h>

#include "base/file/file.h"
#include "formats/json.h"
#include "support/temp_repo.h"

namespace gs::records {
namespace {

const Timestamp kNow = *parse_iso8601("2026-11-22T12:00:00Z");

ScopeViolationEvent violation(const std::string& commit, const std::string& path,
                              const std::string& rule) {
  return {"s", commit, RepoPath(path), rule, "warn"};
}

}  // namespace

TEST_CASE("a violation is recorded once for its commit, path and rule") {
  const TemporaryDirectory directory;
  const std::string file = join_path(directory.path(), "metrics/events.jsonl");
  record_violations(file, {violation("1", "a", "x"), violation("1", "a", "x")}, kNow);
  record_violations(file, {violation("1", "a", "x"), violation("1", "a", "y")}, kNow);
  record_violations(file, {violation("2", "a", "x"), violation("1", "b", "x")}, kNow);
  const auto lines = formats::parse_json_lines(read_file(file));
  CHECK(lines.broken.empty());
  REQUIRE(lines.records.size() == 4);
  CHECK(lines.records[0].value == Json{{"timestamp", "2026-11-22T12:00:00.000Z"},
                                       {"event", "git_session.scope.violation"},
                                       {"session", "s"},
                                       {"commit", "1"},
                                       {"path", "a"},
                                       {"rule", "x"},
                                       {"enforcement", "warn"}});
}

TEST_CASE("other tools' lines and broken ones stay, and nothing is written for nothing") {
  const TemporaryDirectory directory;
  const std::string file = join_path(directory.path(), "events.jsonl");
  record_violations(file, {}, kNow);
  CHECK_FALSE(file_info(file));
  const std::string before = "{\"event\":\"other\"}\nbroken git_session.scope.violation\n";
  write_file_atomically(file, before);
  record_violations(file, {violation("1", "caf\xe9", "x")}, kNow);
  const std::string text = read_file(file);
  CHECK(text.starts_with(before));
  CHECK(text.find(R"("path":"\"caf\\351\"")") != std::string::npos);
}

}  // namespace gs::records
