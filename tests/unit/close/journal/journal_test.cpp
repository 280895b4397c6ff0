#include "close/journal/journal.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/error.h"
#include "base/file/file.h"
#include "session/closing.h"
#include "session/session_fixture.h"

using namespace gs;
using namespace gs::close;
using test::TempRepo;

namespace {

struct JournalFixture {
  TempRepo repo;
  session::Workspace workspace = test::workspace_of(repo, ".orchestrator");
  std::string file = join_path(Journal::directory(workspace), "journal.jsonl");

  JournalFixture() { make_directories(Journal::directory(workspace)); }  // as the lock has

  Journal create() const { return Journal::create(workspace, {{"pid", 1}}); }
};

using Answer = std::optional<Json>;

// A step that counts how often it is applied.
Answer counted(Journal& journal, const std::string& id, int& applied, bool took_effect = false,
               bool fails = false) {
  return journal.step(
      id,
      [] {
        return Json{{"wanted", true}};
      },
      [&](const Json& intent) -> Answer {
        CHECK(intent.at("wanted") == true);
        return took_effect ? Answer(Json("found")) : std::nullopt;
      },
      [&](const Json&) -> Answer {
        ++applied;
        return fails ? std::nullopt : Answer(Json(applied));
      });
}

}  // namespace

TEST_CASE_FIXTURE(JournalFixture,
                  "without a close there is no journal; a finished one leaves none") {
  CHECK_FALSE(Journal::load(workspace).has_value());
  Journal journal = create();
  (void)journal.keep("content");
  CHECK(Journal::load(workspace).has_value());
  journal.finish();
  CHECK_FALSE(Journal::load(workspace).has_value());
  CHECK_FALSE(file_info(join_path(Journal::directory(workspace), "files")).has_value());
}

TEST_CASE_FIXTURE(JournalFixture,
                  "the journal of a complete close is kept for its undo until the next") {
  CHECK_FALSE(Journal::load_undo(workspace).has_value());
  Journal first = create();
  const std::string key = first.keep("first");
  first.record("closed", {{"number", 1}});
  first.keep_for_undo(workspace);
  CHECK_FALSE(Journal::load(workspace).has_value());
  std::optional<Journal> kept = Journal::load_undo(workspace);
  REQUIRE(kept.has_value());
  CHECK(kept->kept(key) == "first");
  kept->record("undo", Json::object());
  CHECK(session::is_undo_unfinished(workspace.repository.git_dir()));
  kept->retract("undo");
  CHECK_FALSE(session::is_undo_unfinished(workspace.repository.git_dir()));
  CHECK(Journal::load_undo(workspace)->last("closed").at("number") == 1);

  Journal second = create();
  second.record("closed", {{"number", 2}});
  second.keep_for_undo(workspace);
  kept = Journal::load_undo(workspace);
  REQUIRE(kept.has_value());
  CHECK(kept->last("closed").at("number") == 2);
  kept->finish();
  CHECK_FALSE(Journal::load_undo(workspace).has_value());
}

TEST_CASE_FIXTURE(JournalFixture, "a step that is done is not done again, and answers as it did") {
  int applied = 0;
  Journal journal = create();
  CHECK(counted(journal, "a", applied) == Json(1));
  CHECK(counted(journal, "a", applied) == Json(1));
  std::optional<Journal> later = Journal::load(workspace);
  REQUIRE(later.has_value());
  CHECK(counted(*later, "a", applied) == Json(1));
  CHECK(later->is_done("a"));
  CHECK_FALSE(later->is_done("b"));
  CHECK(applied == 1);
}

TEST_CASE_FIXTURE(
    JournalFixture,
    "a step that only began is looked at first, and applied where it took no effect") {
  int applied = 0;
  Journal journal = create();
  CHECK_FALSE(counted(journal, "a", applied, false, true).has_value());
  CHECK_FALSE(journal.is_done("a"));
  std::optional<Journal> later = Journal::load(workspace);
  CHECK(counted(*later, "a", applied, true) == Json("found"));
  CHECK(applied == 1);

  CHECK_FALSE(counted(*later, "b", applied, false, true).has_value());
  CHECK(counted(*later, "b", applied) == Json(3));
}

TEST_CASE_FIXTURE(JournalFixture, "an intent is on disk before the step is applied") {
  Journal journal = create();
  (void)journal.step(
      "a",
      [] {
        return Json{{"about", "x"}};
      },
      [](const Json&) { return Answer(); },
      [&](const Json&) -> Answer {
        CHECK(read_file(file).find("\"about\":\"x\"") != std::string::npos);
        return Json();
      });
}

TEST_CASE_FIXTURE(
    JournalFixture,
    "cut off at every byte, a journal holds what whole lines say and takes new ones") {
  {
    Journal journal = create();
    for (int i = 0; i < 3; ++i) journal.record("note", {{"number", i}, {"text", "a \"b\"\n"}});
  }
  const std::string text = read_file(file);
  for (std::size_t size = 0; size <= text.size(); ++size) {
    write_file_atomically(file, text.substr(0, size));
    std::size_t whole = 0;
    for (std::size_t i = 0; i < size; ++i) whole += text[i] == '\n' ? 1 : 0;
    std::optional<Journal> journal = Journal::load(workspace);
    REQUIRE(journal.has_value() == (whole > 0));
    if (!journal) journal = create();
    CHECK(journal->events().size() == std::max<std::size_t>(whole, 1));
    journal->record("after", {{"size", size}});
    const std::optional<Journal> again = Journal::load(workspace);
    REQUIRE(again.has_value());
    REQUIRE(again->last("after").value("size", std::size_t{0}) == size);
    CHECK(again->events().size() == std::max<std::size_t>(whole, 1) + 1);
  }
}

TEST_CASE_FIXTURE(
    JournalFixture,
    "a damaged line in the middle and an unknown version are errors that say what to do") {
  (void)create();
  const std::string text = read_file(file);
  write_file_atomically(file, text + "not json\n" + text);
  const std::string damaged = test::error_of([&] { (void)Journal::load(workspace); });
  CHECK(damaged.find("line 2") != std::string::npos);
  CHECK(damaged.find(file) != std::string::npos);
  // 2 is that of release 0.1.0.
  for (const char* version : {"2", "99"}) {
    write_file_atomically(file,
                          std::string("{\"schema\":\"git-session/journal/") + version + "\"}\n");
    CHECK(test::error_of([&] { (void)Journal::load(workspace); }).find("version") !=
          std::string::npos);
  }
}

TEST_CASE_FIXTURE(JournalFixture, "contents are kept byte for byte") {
  std::string content("\0\xff\n", 3);
  Journal journal = create();
  const std::string key = journal.keep(content);
  const std::string empty = journal.keep("");
  CHECK(key != empty);
  std::optional<Journal> later = Journal::load(workspace);
  CHECK(later->kept(key) == content);
  CHECK(later->kept(empty).empty());
}

TEST_CASE_FIXTURE(JournalFixture, "a journal in memory writes nothing and behaves the same") {
  Journal journal = Journal::in_memory({{"pid", 1}});
  int applied = 0;
  CHECK(counted(journal, "a", applied) == Json(1));
  CHECK(counted(journal, "a", applied) == Json(1));
  CHECK(journal.kept(journal.keep("content")) == "content");
  journal.finish();
  CHECK(list_directory(Journal::directory(workspace)).empty());
}
