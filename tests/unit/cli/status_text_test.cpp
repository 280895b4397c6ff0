#include "cli/status_text.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace gs;
using namespace gs::cli;

namespace {

const Timestamp kNow = *parse_iso8601("2026-03-02T10:00:00Z");

session::OwnedChange change(const std::string& path, session::Owner owner) {
  session::OwnedChange owned;
  owned.change.path = RepoPath(path);
  owned.change.untracked = true;
  owned.owner = owner;
  owned.reason = "plan item 'Retry uploads with an exponential backoff and some jitter'";
  return owned;
}

workflow::Overview sample_overview() {
  workflow::Overview overview;
  overview.session.emplace();
  session::CurrentSession& session = *overview.session;
  session.id = "feature/a-rather-long-branch-name-that-goes-on-2026-03-02-0815";
  session.state.title = "Uploads that survive a flaky network, " + std::string(60, 'x');
  session.state.session_type = "feature";
  session.state.branch = "main";
  session.state.status = session::Status::Active;
  session.state.started_at = *parse_iso8601("2026-03-02T08:00:00Z");
  session.plan.emplace();
  session.plan->items.resize(3);
  session.plan->items[0].title = "Retry";
  session.plan->items[0].issue = 42;
  session.plan->items[1].title =
      "A title that is much longer than a terminal's line could ever take";
  session.plan->items[2].title = "Dropped";
  session.plan->items[2].dropped = "superseded by #50";
  overview.items.resize(3);
  overview.items[0] = {0, checks::ItemStatus::Done, {RepoPath("a")}, {}, {}, "3 files"};
  overview.items[1] = {1, checks::ItemStatus::NotStarted, {}, {"x"}, {}, "no change in 'x'"};
  overview.items[2] = {2, checks::ItemStatus::Dropped, {}, {}, {}, "dropped: superseded by #50"};
  for (int i = 0; i < 14; ++i) {
    overview.changes.push_back(change("src/file" + std::to_string(i), session::Owner::Ours));
  }
  overview.changes.push_back(change("deep/" + std::string(90, 'y'), session::Owner::Foreign));
  overview.head = "main";
  overview.next_step = "'git session close --dry-run' shows what a close does with them";
  return overview;
}

std::string render(const workflow::Overview& overview, Detail detail = Detail::Short) {
  return render_status(overview, Style{}, kNow, detail);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("no line but a long path is wider than the terminal") {
  const std::string page = render(sample_overview());
  for (const std::string_view line : split_lines(page)) {
    INFO(line);
    const bool long_path = line.find("yyy") != std::string_view::npos;
    CHECK((long_path || report::display_width(line) <= 80));
  }
}

TEST_CASE("session, plan, changes and the next step are on the page") {
  const std::string page = render(sample_overview());
  CHECK(has(page, "main, 2 h 00 min"));
  CHECK(has(page, "✓ Retry"));
  CHECK(has(page, "#42"));
  CHECK(has(page, "○ A title"));
  CHECK(has(page, "– Dropped"));
  CHECK(has(page, "superseded by #50"));
  CHECK(has(page, "Yours         ? src/file0  ? src/file1"));
  CHECK(has(page, "Not yours     ? deep/"));
  CHECK(page.ends_with("does with them\n"));
}

TEST_CASE("of many changes the first lines are shown, and how many more there are") {
  const std::string page = render(sample_overview());
  CHECK(has(page, "src/file11  +2\n"));
  CHECK_FALSE(has(page, "src/file12"));
  CHECK_FALSE(has(page, "plan item 'Retry"));
  const std::string whole = render(sample_overview(), Detail::Whole);
  CHECK(has(whole, "src/file13  plan item 'Retry"));
  CHECK_FALSE(has(whole, "  +"));
  CHECK(has(whole, "session       feature/a-rather-long-branch-name"));
}

TEST_CASE("what the checks have made is apart from what no plan names") {
  workflow::Overview overview = sample_overview();
  overview.changes.push_back(change("stray", session::Owner::Unclaimed));
  overview.changes.push_back(change("build/out", session::Owner::Unclaimed));
  overview.changes.back().made_by_commands = true;
  const std::string page = render(overview);
  CHECK(has(page, "Not in plan   ? stray\n"));
  CHECK(has(page, "By checks     ? build/out\n"));
}

TEST_CASE("a directory without a tracked file is named once, and a rename with both sides") {
  workflow::Overview overview = sample_overview();
  overview.changes.clear();
  for (const char* path : {"new/a", "new/b"}) {
    overview.changes.push_back(change(path, session::Owner::Ours));
    overview.folded.emplace(RepoPath(path), RepoPath("new"));
  }
  const git::TreeEntry entry{git::FileMode::Regular, git::Repository::hash_blob("x")};
  session::OwnedChange gone = change("src/old.c", session::Owner::Ours);
  gone.change.untracked = false;
  gone.change.head = entry;
  session::OwnedChange moved = change("src/new.c", session::Owner::Ours);
  moved.change.untracked = false;
  moved.change.index = moved.change.worktree = entry;
  overview.changes.push_back(moved);
  overview.changes.push_back(gone);
  CHECK(has(render(overview), "Yours         ? new/  R src/old.c -> src/new.c\n"));
  CHECK(has(render_status(overview, Style{}, kNow, Detail::Short, "src/"),
            "Yours         ? ../new/  R old.c -> new.c\n"));
  CHECK(has(render(overview, Detail::Whole), "? new/a"));
}

TEST_CASE("pauses and the program's own snapshots do not count") {
  workflow::Overview overview = sample_overview();
  session::Pause pause;
  pause.paused_at = *parse_iso8601("2026-03-02T08:30:00Z");
  pause.resumed_at = *parse_iso8601("2026-03-02T09:30:00Z");
  overview.session->pauses.all.push_back(pause);
  snapshot::Snapshot baseline;
  baseline.name = {"s", 0, "baseline"};
  baseline.subject = snapshot::subject("s", 0, "baseline");
  overview.snapshots.push_back(baseline);
  CHECK(has(render(overview), "main, 1 h 00 min\n"));
  baseline.name.label = "mine";
  baseline.subject = snapshot::subject("s", 0, "mine");
  overview.snapshots.push_back(baseline);
  CHECK(has(render(overview), "main, 1 h 00 min, 1 snapshot\n"));
}

TEST_CASE("an unfinished close says since when") {
  workflow::Overview overview = sample_overview();
  overview.unfinished_close = "2026-03-02T09:30:00.000Z";
  overview.next_step = "git session close --continue";
  CHECK(has(render(overview), "A close is not finished; it began 30 minutes ago."));
  CHECK(has(render(overview), "main, 2 h 00 min, closing"));
  CHECK(has(render(overview),
            "Next: git session close --continue\n  or: git session close --abort  puts"));
  overview.unfinished_close = "";
  CHECK(has(render(overview), "A close is not finished.\n"));
}

TEST_CASE("without a session there is no empty frame, only why and what next") {
  workflow::Overview overview;
  overview.absence = "'.orchestrator/STATE.md' does not exist";
  overview.next_step = "git session start";
  const std::string rendered = render(overview);
  CHECK(
      rendered ==
      "No session is open: '.orchestrator/STATE.md' does not exist.\n\nNext: git session start\n");
  overview.is_set_up = false;
  overview.next_step = "git session init";
  CHECK(render(overview) == "Not set up yet.\n\nNext: git session init\n");
}

TEST_CASE("a title cannot drive the terminal") {
  workflow::Overview overview = sample_overview();
  overview.session->state.title = "evil \x1B[2J title";
  overview.session->plan->items[0].title = "evil \x1B[31m item";
  CHECK_FALSE(has(render(overview), "\x1B"));
}
