#include "close/journal/file_writes.h"

#include "close/journal/put_back.h"

#include <doctest/doctest.h>

#include "close/close_fixture.h"
#include "git/index/replace_file.h"

using namespace gs;
using namespace gs::close;
using gs::test::CloseOf;
using gs::test::contains;
using gs::test::TempRepo;

namespace {

using Content = std::optional<std::string>;

struct Fixture {
  TempRepo repo;
  CloseOf close{repo};
  FilePlace record =
      session::Home(false, close.workspace.repository.common_dir()).record("learnings.jsonl");

  Fixture() {
    make_directories(Journal::directory(close.workspace));
    close.context.write_plan.emplace();
  }

  void plan(const std::string& phase, const FilePlace& path, const Content& before,
            const Content& after) {
    const auto key = [this](const Content& content) {
      return content ? Content(close.journal.keep(*content)) : std::nullopt;
    };
    close.context.write_plan->files.push_back({phase, path, key(before), key(after)});
  }
  [[nodiscard]] Content now(const FilePlace& path) const {
    return close.context.repository().files().read(path);
  }
  std::vector<FilePlace> write(std::string_view phase = "notes") {
    return write_files(close.context, phase);
  }
  Restored put_back(Since since = Since::Leaves) {
    return put_back_files(close.workspace, close.journal, *close.context.write_plan, since);
  }
  void plan_line(const FilePlace& path, const std::string& line) {
    close.context.write_plan->record_file = path;
    close.context.write_plan->record_line = line;
  }
};

const FilePlace kA = RepoPath("a.md");
const FilePlace kB = RepoPath("sub/dir/b.md");

}  // namespace

TEST_CASE_FIXTURE(Fixture, "files are made, replaced and removed, and put back as they were") {
  repo.write("a.md", "before\n");
  repo.write("gone.md", "gone\n");
  plan("notes", kA, "before\n", "after\n");
  plan("notes", kB, std::nullopt, std::string("\0no text\xff", 9));
  plan("notes", RepoPath("gone.md"), "gone\n", std::nullopt);
  CHECK(write().empty());
  CHECK(now(kA) == "after\n");
  CHECK(now(kB) == std::string("\0no text\xff", 9));
  CHECK_FALSE(now(RepoPath("gone.md")).has_value());

  const Restored restored = put_back();
  CHECK(restored.restored.size() == 3);
  CHECK(restored.left.empty());
  CHECK(now(kA) == "before\n");
  CHECK(now(RepoPath("gone.md")) == "gone\n");
  CHECK_FALSE(file_info(repo.path("sub")));
}

TEST_CASE_FIXTURE(Fixture, "only the files of the phase are written") {
  plan("notes", kA, std::nullopt, "a");
  plan("state", kB, std::nullopt, "b");
  CHECK(write().empty());
  CHECK(now(kA) == "a");
  CHECK_FALSE(now(kB).has_value());
  CHECK(put_back().restored == std::vector<FilePlace>{kA});
}

TEST_CASE_FIXTURE(Fixture, "a file changed meanwhile is left alone, and the others are written") {
  repo.write("a.md", "somebody's\n");
  plan("notes", kA, "before\n", "after\n");
  plan("notes", kB, std::nullopt, "b");
  plan("notes", RepoPath("c.md"), "there\n", "new\n");  // somebody removed it
  CHECK(write() == std::vector<FilePlace>{kA, RepoPath("c.md")});
  CHECK(now(kA) == "somebody's\n");
  CHECK(now(kB) == "b");
  CHECK_FALSE(now(RepoPath("c.md")).has_value());
}

TEST_CASE_FIXTURE(Fixture, "a file that somebody made meanwhile is neither written nor put back") {
  repo.write("a.md", "somebody's\n");
  plan("notes", kA, std::nullopt, "ours\n");
  CHECK(write() == std::vector<FilePlace>{kA});
  const Restored restored = put_back();
  CHECK(restored.restored.empty());
  CHECK(restored.left.empty());
  CHECK(now(kA) == "somebody's\n");
}

TEST_CASE_FIXTURE(Fixture, "a file changed after it was written is not put back, but named") {
  plan("notes", kA, std::nullopt, "ours\n");
  CHECK(write().empty());
  repo.write("a.md", "ours\nand somebody's\n");
  const Restored restored = put_back();
  CHECK(restored.restored.empty());
  CHECK(restored.left == std::vector<FilePlace>{kA});
  CHECK(now(kA) == "ours\nand somebody's\n");
}

TEST_CASE_FIXTURE(Fixture, "what the close did not get to is not put back") {
  repo.write("a.md", "after\n");
  plan("notes", kA, "before\n", "after\n");
  const Restored restored = put_back();
  CHECK(restored.restored.empty());
  CHECK(restored.left.empty());
  CHECK(now(kA) == "after\n");
}

TEST_CASE_FIXTURE(Fixture, "a file that was written is not written again over what came later") {
  plan("notes", kA, std::nullopt, "ours\n");
  CHECK(write().empty());
  repo.write("a.md", "later\n");
  CHECK(write().empty());
  CHECK(now(kA) == "later\n");
}

TEST_CASE_FIXTURE(Fixture, "a phase takes its own files back, not what was changed since") {
  plan("notes", kA, std::nullopt, "a");
  plan("notes", kB, std::nullopt, "b");
  plan("state", RepoPath("c.md"), std::nullopt, "c");
  CHECK(write().empty());
  CHECK(write("state").empty());
  repo.write("sub/dir/b.md", "changed");
  take_back_files(close.context, "notes");
  CHECK_FALSE(now(kA).has_value());
  CHECK(now(kB) == "changed");
  CHECK(now(RepoPath("c.md")) == "c");
}

TEST_CASE_FIXTURE(Fixture,
                  "the shared record keeps what another worktree's close wrote meanwhile") {
  const std::string before = "{\"a\":1}\n";
  close.workspace.repository.files().append(record, before + "{\"theirs\":1}\n");
  plan("learnings", record, before, before + "{\"ours\":1}\n");
  CHECK(write("learnings").empty());
  const std::string merged = *now(record);
  for (const char* line : {"{\"a\":1}\n", "{\"ours\":1}\n", "{\"theirs\":1}\n"}) {
    CHECK_MESSAGE(contains(merged, line), line);
    CHECK_MESSAGE(merged.find(line) == merged.rfind(line), line);
  }
  // An abort does not take the other's line away.
  CHECK(put_back().left == std::vector<FilePlace>{record});
  CHECK(contains(*now(record), "theirs"));
}

TEST_CASE_FIXTURE(Fixture, "a shared record that both begin has the lines of both") {
  close.workspace.repository.files().append(record, "{\"theirs\":1}\n");
  plan("learnings", record, std::nullopt, "{\"ours\":1}\n");
  CHECK(write("learnings").empty());
  CHECK(contains(*now(record), "{\"theirs\":1}\n"));
  CHECK(contains(*now(record), "{\"ours\":1}\n"));
}

TEST_CASE_FIXTURE(Fixture, "a record in the work tree is not merged: it is somebody's edit") {
  repo.write("learnings.jsonl", "{\"a\":1}\n{\"edited\":1}\n");
  const FilePlace tracked = RepoPath("learnings.jsonl");
  plan("learnings", tracked, "{\"a\":1}\n", "{\"a\":1}\n{\"ours\":1}\n");
  CHECK(write("learnings") == std::vector<FilePlace>{tracked});
  CHECK_FALSE(contains(*now(tracked), "ours"));
}

TEST_CASE_FIXTURE(Fixture, "a line is appended once, and taken out alone") {
  const FilePlace sessions = RepoPath("sessions.jsonl");
  repo.write("sessions.jsonl", "{\"old\":1}\n");
  plan_line(sessions, "{\"ours\":1}\n");
  append_record(close.context);
  append_record(close.context);
  CHECK(now(sessions) == "{\"old\":1}\n{\"ours\":1}\n");
  repo.write("sessions.jsonl", "{\"old\":1}\n{\"ours\":1}\n{\"later\":1}\n");
  CHECK(put_back().restored == std::vector<FilePlace>{sessions});
  CHECK(now(sessions) == "{\"old\":1}\n{\"later\":1}\n");
}

TEST_CASE_FIXTURE(Fixture, "a line that was appended before the kill is not appended again") {
  const FilePlace sessions = RepoPath("sessions.jsonl");
  plan_line(sessions, "{\"ours\":1}\n");
  close.journal.record("begin", {{"step", "record"}, {"intent", {{"there", false}}}});
  repo.write("sessions.jsonl", "{\"ours\":1}\n");
  append_record(close.context);
  CHECK(now(sessions) == "{\"ours\":1}\n");
  CHECK(put_back().restored.size() == 1);
  CHECK_FALSE(now(sessions).has_value());
}

TEST_CASE_FIXTURE(Fixture, "a line does not run into a torn one, and one like its end stays") {
  const FilePlace sessions = RepoPath("sessions.jsonl");
  repo.write("sessions.jsonl", "x{\"ours\":1}\n{\"torn");
  plan_line(sessions, "{\"ours\":1}\n");
  append_record(close.context);
  CHECK(now(sessions) == "x{\"ours\":1}\n{\"torn\n{\"ours\":1}\n");
  (void)put_back();
  CHECK(now(sessions) == "x{\"ours\":1}\n{\"torn\n");
}

TEST_CASE_FIXTURE(Fixture, "a file that was there and empty stays when the line is taken out") {
  const FilePlace sessions = RepoPath("sessions.jsonl");
  repo.write("sessions.jsonl", "");
  plan_line(sessions, "{\"ours\":1}\n");
  append_record(close.context);
  (void)put_back();
  CHECK(now(sessions) == "");
}

TEST_CASE_FIXTURE(Fixture, "a phase that left a file alone warns and names it") {
  repo.write("a.md", "somebody's\n");
  plan("notes", kA, std::nullopt, "ours\n");
  close.context.write_plan->answers["notes"].summary = "1 note";
  const PhaseResult result = write_planned(close.context, "notes");
  CHECK(result.outcome == Outcome::Warn);
  CHECK(contains(result.summary, "a.md was changed while the close was running"));
  close.context.write_plan->answers["notes"].skipped = "off";
  CHECK(write_planned(close.context, "notes").outcome == Outcome::Skip);
}

TEST_CASE_FIXTURE(Fixture, "an undo keeps what others have changed since, where that merges") {
  const std::string nine = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  repo.write("a.md", nine);
  repo.write("sub/dir/b.md", nine);
  plan("notes", kA, nine, "ours\n" + nine);
  plan("notes", kB, nine, "ours\n" + nine);
  CHECK(write().empty());
  repo.write("a.md", "ours\n" + nine + "since\n");
  repo.write("sub/dir/b.md", "OURS\n" + nine);
  const PutBackPlan planned =
      plan_put_back(close.workspace, close.journal, *close.context.write_plan, Since::Merges);
  CHECK(planned.left == std::vector<FilePlace>{kB});
  CHECK(now(kA) == "ours\n" + nine + "since\n");
  const Restored restored = put_back(Since::Merges);
  CHECK(restored.restored == std::vector<FilePlace>{kA});
  CHECK(restored.left == std::vector<FilePlace>{kB});
  CHECK(now(kA) == nine + "since\n");
  CHECK(now(kB) == "OURS\n" + nine);
}

TEST_CASE_FIXTURE(Fixture, "an undo takes learnings out by their ids, and keeps those of others") {
  const auto line = [](const char* id, const char* confidence) {
    return std::string("{\"id\":\"") + id + "\",\"confidence\":" + confidence + "}\n";
  };
  const std::string before =
      line("kept", "0.5") + line("faded", "0.5") + line("expired", "0.1") + "no json\n";
  const std::string after =
      line("kept", "0.5") + line("faded", "0.4") + line("ours", "0.5") + "no json\n";
  git::replace_file(close.workspace.repository, record, before);
  plan("learnings", record, before, after);
  CHECK(write("learnings").empty());
  SUBCASE("of a close since") {
    // It has confirmed one, added one, and let ours fade.
    git::replace_file(close.workspace.repository, record,
                      line("kept", "0.65") + line("faded", "0.4") + line("ours", "0.45") +
                          "no json\n" + line("theirs", "0.5"));
    CHECK(put_back(Since::Merges).left.empty());
    CHECK(now(record) == line("kept", "0.65") + line("faded", "0.5") + "no json\n" +
                             line("theirs", "0.5") + line("expired", "0.1"));
  }
  SUBCASE("of nobody") {
    CHECK(put_back(Since::Merges).left.empty());
    CHECK(now(record) == before);
  }
}
