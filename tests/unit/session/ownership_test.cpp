#include <doctest/doctest.h>

#include "session/claim.h"

using namespace gs;
using namespace gs::session;

namespace {

git::TreeEntry entry_of(std::string_view content, git::FileMode mode = git::FileMode::Regular) {
  return {mode, git::Repository::hash_blob(content)};
}
const git::TreeEntry kNoEntry;

Change change(const char* path, const git::TreeEntry& head, const git::TreeEntry& index,
              const git::TreeEntry& worktree) {
  Change made;
  made.path = RepoPath(path);
  made.base = made.head = head;
  made.index = index;
  made.worktree = worktree;
  made.untracked = !index.present() && worktree.present();
  return made;
}
// Modified in the work tree only.
Change edited(const char* path, std::string_view content = "new") {
  return change(path, entry_of("old"), entry_of("old"), entry_of(content));
}

Claim claiming(std::vector<std::string> patterns, const char* directory = ".claude") {
  WaveScope scope;
  for (std::string& pattern : patterns) scope.allowed_paths.emplace_back(std::move(pattern));
  return {std::nullopt, scope, {}, RepoPath(directory)};
}
std::vector<OtherClaim> codex(std::vector<std::string> patterns) {
  return {{"codex-session", claiming(std::move(patterns), ".codex")}};
}

Baseline clean_start() {
  Baseline baseline;
  baseline.session = "s";
  return baseline;
}
Baseline start_with(const char* path, BaselineEntry entry) {
  Baseline baseline = clean_start();
  baseline.dirty[RepoPath(path)] = entry;
  return baseline;
}

OwnedChange judged(const Change& made, const Claim& ours, const std::vector<OtherClaim>& others,
                   const std::optional<Baseline>& baseline) {
  const auto owned = assign_owners({made}, ours, others, baseline);
  REQUIRE(owned.size() == 1);
  return owned[0];
}
Owner owner(const Change& made, const Claim& ours, const std::vector<OtherClaim>& others,
            const std::optional<Baseline>& baseline) {
  return judged(made, ours, others, baseline).owner;
}

const Claim kNoClaim = claiming({});
const Claim kClaimsAll = claiming({"**"});

}  // namespace

TEST_CASE("a claimed change on a clean start is ours, with the reason") {
  const auto owned = judged(edited("src/a"), claiming({"src/**"}), {}, clean_start());
  CHECK(owned.owner == Owner::Ours);
  CHECK(owned.reason == "wave-scope.json 'src/**'");
  CHECK_FALSE(owned.at_start);
  CHECK(owner(edited("src/a"), claiming({"src/**"}), {}, std::nullopt) == Owner::Ours);
}

TEST_CASE("a change that the claim does not name is unclaimed") {
  CHECK(owner(edited("b"), claiming({"src/**"}), {}, clean_start()) == Owner::Unclaimed);
  CHECK(owner(edited("b"), claiming({"src/**"}), {}, std::nullopt) == Owner::Unclaimed);
}

TEST_CASE("without any claim every change since the baseline is ours, without a baseline none") {
  CHECK(owner(edited("a"), kNoClaim, {}, clean_start()) == Owner::Ours);
  CHECK(owner(edited("a"), kNoClaim, {}, std::nullopt) == Owner::Unclaimed);
}

TEST_CASE("what was dirty at the start and did not change is foreign, whatever the claim says") {
  const Change made = edited("src/a");
  const auto baseline = start_with("src/a", {made.head, made.index, made.worktree});
  for (const Claim& claim : {kNoClaim, kClaimsAll}) {
    const auto owned = judged(made, claim, {}, baseline);
    CHECK(owned.owner == Owner::Foreign);
    CHECK(owned.at_start);
  }
  CHECK(owner(made, kClaimsAll, codex({"**"}), baseline) == Owner::Foreign);
}

TEST_CASE("foreign holds for untracked, deleted and staged paths alike") {
  for (const Change& made : {change("p", kNoEntry, kNoEntry, entry_of("untracked")),
                             change("p", entry_of("old"), entry_of("old"), kNoEntry),
                             change("p", entry_of("old"), kNoEntry, kNoEntry),
                             change("p", kNoEntry, entry_of("x"), entry_of("x")),
                             change("p", entry_of("old"), entry_of("staged"), entry_of("more"))}) {
    CHECK(owner(made, kClaimsAll, {}, start_with("p", {made.head, made.index, made.worktree})) ==
          Owner::Foreign);
  }
}

TEST_CASE("dirty content that was only staged or unstaged since is foreign") {
  const BaselineEntry at_start{entry_of("old"), entry_of("old"), entry_of("dirty")};
  const auto staged = judged(change("p", entry_of("old"), entry_of("dirty"), entry_of("dirty")),
                             kClaimsAll, {}, start_with("p", at_start));
  CHECK(staged.owner == Owner::Foreign);
  CHECK(staged.reason.find("staged or unstaged") != std::string::npos);
  const BaselineEntry was_staged{entry_of("old"), entry_of("dirty"), entry_of("dirty")};
  CHECK(owner(edited("p", "dirty"), kClaimsAll, {}, start_with("p", was_staged)) == Owner::Foreign);
}

TEST_CASE("dirty at the start and changed since is mixed when claimed, else unclaimed") {
  const auto baseline = start_with("p", {entry_of("old"), entry_of("old"), entry_of("dirty")});
  const auto mixed = judged(edited("p", "more"), kClaimsAll, {}, baseline);
  CHECK(mixed.owner == Owner::Mixed);
  REQUIRE(mixed.at_start);
  CHECK(mixed.at_start->worktree == entry_of("dirty"));
  CHECK(owner(edited("p", "more"), kNoClaim, {}, baseline) == Owner::Mixed);
  CHECK(owner(edited("p", "more"), claiming({"q"}), {}, baseline) == Owner::Unclaimed);
}

TEST_CASE("a change of mode or a deletion since a dirty start is a change") {
  const auto baseline = start_with("p", {entry_of("old"), entry_of("old"), entry_of("dirty")});
  const Change executable =
      change("p", entry_of("old"), entry_of("old"), entry_of("dirty", git::FileMode::Executable));
  CHECK(owner(executable, kClaimsAll, {}, baseline) == Owner::Mixed);
  CHECK(owner(change("p", entry_of("old"), entry_of("old"), kNoEntry), kClaimsAll, {}, baseline) ==
        Owner::Mixed);
}

TEST_CASE("a change that another active session claims is foreign, or contested when ours too") {
  const auto foreign =
      judged(edited("lib/a"), claiming({"src/**"}), codex({"lib/**"}), clean_start());
  CHECK(foreign.owner == Owner::Foreign);
  CHECK(foreign.reason == "claimed by session 'codex-session' (wave-scope.json 'lib/**')");
  CHECK(owner(edited("lib/a"), kNoClaim, codex({"lib/**"}), clean_start()) == Owner::Foreign);
  const auto contested =
      judged(edited("lib/a"), claiming({"lib/a"}), codex({"lib/**"}), std::nullopt);
  CHECK(contested.owner == Owner::Contested);
  CHECK(contested.reason.find("wave-scope.json 'lib/a'") != std::string::npos);
  CHECK(contested.reason.find("codex-session") != std::string::npos);
}

TEST_CASE("another session's claim comes before mixed") {
  const auto baseline = start_with("p", {entry_of("old"), entry_of("old"), entry_of("dirty")});
  CHECK(owner(edited("p", "more"), claiming({"p"}), codex({"p"}), baseline) == Owner::Contested);
  CHECK(owner(edited("p", "more"), claiming({"q"}), codex({"p"}), baseline) == Owner::Foreign);
}

TEST_CASE("any of several other sessions can claim") {
  auto others = codex({"x"});
  others.push_back({"pi-session", claiming({"p"}, ".pi")});
  CHECK(owner(edited("p"), claiming({"p"}), others, std::nullopt) == Owner::Contested);
  CHECK(owner(edited("p"), claiming({"q"}), others, std::nullopt) == Owner::Foreign);
}

TEST_CASE("what two sessions without any claim changed is contested") {
  const auto owned = judged(edited("p"), kNoClaim, codex({}), clean_start());
  CHECK(owned.owner == Owner::Contested);
  CHECK(owner(edited("p"), claiming({"p"}), codex({}), clean_start()) == Owner::Ours);
  CHECK(owner(edited("p"), kNoClaim, codex({"q"}), clean_start()) == Owner::Ours);
  CHECK(owner(edited("p"), kNoClaim, codex({}), std::nullopt) == Owner::Unclaimed);
  CHECK(owner(edited("p"), claiming({"q"}), codex({}), clean_start()) == Owner::Unclaimed);
}

TEST_CASE("dirty content that moved to another path is mixed, never simply ours") {
  const auto baseline = start_with("notes", {kNoEntry, kNoEntry, entry_of("precious")});
  const Change moved = change("src/notes", kNoEntry, kNoEntry, entry_of("precious"));
  const auto owned = judged(moved, kClaimsAll, {}, baseline);
  CHECK(owned.owner == Owner::Mixed);
  CHECK(owned.reason.find("notes") != std::string::npos);
  CHECK_FALSE(owned.at_start);
  CHECK(owner(moved, kNoClaim, {}, baseline) == Owner::Mixed);
  CHECK(owner(moved, claiming({"q"}), {}, baseline) == Owner::Unclaimed);
  // Staged there, and something else in the work tree.
  CHECK(owner(change("src/notes", kNoEntry, entry_of("precious"), entry_of("on top")), kClaimsAll,
              {}, baseline) == Owner::Mixed);
  // With another mode.
  CHECK(owner(change("x", kNoEntry, kNoEntry, entry_of("precious", git::FileMode::Executable)),
              kClaimsAll, {}, baseline) == Owner::Mixed);
}

TEST_CASE("content that was staged at the start is told when it moves") {
  const auto baseline = start_with("a", {entry_of("old"), entry_of("staged"), entry_of("later")});
  CHECK(owner(change("b", kNoEntry, kNoEntry, entry_of("staged")), kClaimsAll, {}, baseline) ==
        Owner::Mixed);
}

TEST_CASE("content that nobody had dirty is not a moved file") {
  // An empty file is nobody's content, and neither is what HEAD already had.
  CHECK(owner(change("b", kNoEntry, kNoEntry, entry_of("")), kClaimsAll, {},
              start_with("a", {kNoEntry, kNoEntry, entry_of("")})) == Owner::Ours);
  CHECK(owner(change("b", kNoEntry, kNoEntry, entry_of("same")), kClaimsAll, {},
              start_with("a", {entry_of("same"), entry_of("same"),
                               entry_of("same", git::FileMode::Executable)})) == Owner::Ours);
  // A path that had that content in HEAD, and only its mode changed.
  CHECK(owner(change("b", entry_of("dirty"), entry_of("dirty"),
                     entry_of("dirty", git::FileMode::Executable)),
              kClaimsAll, {},
              start_with("a", {kNoEntry, kNoEntry, entry_of("dirty")})) == Owner::Ours);
  // Submodules at one commit.
  const git::TreeEntry module{git::FileMode::Gitlink, git::Repository::hash_blob("commit")};
  CHECK(owner(change("m2", kNoEntry, module, module), kClaimsAll, {},
              start_with("m1", {kNoEntry, module, module})) == Owner::Ours);
}

TEST_CASE("each session's own records are its own, whatever patterns say") {
  CHECK(owner(edited(".codex/STATE.md"), kClaimsAll, codex({}), clean_start()) == Owner::Foreign);
  CHECK(owner(edited(".codex/session-plan.toml"), kClaimsAll, codex({"**"}), clean_start()) ==
        Owner::Foreign);
  CHECK(owner(edited(".claude/STATE.md"), claiming({"q"}), codex({"**"}), clean_start()) ==
        Owner::Ours);
  CHECK(owner(edited(".claude/STATE.md"), kNoClaim, codex({}), std::nullopt) == Owner::Ours);
}

TEST_CASE("shared records are ours and never contested") {
  for (const char* path :
       {".orchestrator/metrics/sessions.jsonl", ".orchestrator/issues/0001-a.md"}) {
    CHECK(owner(edited(path), claiming({"src/**"}), codex({"**"}), clean_start()) == Owner::Ours);
  }
  const auto baseline = start_with(".orchestrator/metrics/sessions.jsonl",
                                   {entry_of("old"), entry_of("old"), entry_of("dirty")});
  CHECK(owner(edited(".orchestrator/metrics/sessions.jsonl", "dirty"), kClaimsAll, {}, baseline) ==
        Owner::Foreign);
}

TEST_CASE("a change that is only committed has no owner to be told") {
  Change committed = change("p", entry_of("new"), entry_of("new"), entry_of("new"));
  committed.base = entry_of("old");
  CHECK(assign_owners({committed}, kClaimsAll, {}, std::nullopt).empty());
}

TEST_CASE("the answer keeps the order of the changes") {
  const auto owned = assign_owners({edited("a"), edited("b"), edited("c")}, claiming({"b"}),
                                   codex({"c"}), clean_start());
  REQUIRE(owned.size() == 3);
  CHECK(owned[0].owner == Owner::Unclaimed);
  CHECK(owned[1].owner == Owner::Ours);
  CHECK(owned[2].owner == Owner::Foreign);
  CHECK(owned[2].change.path == RepoPath("c"));
}

TEST_CASE("owners have names") {
  CHECK(owner_name(Owner::Ours) == "ours");
  CHECK(owner_name(Owner::Foreign) == "foreign");
  CHECK(owner_name(Owner::Mixed) == "mixed");
  CHECK(owner_name(Owner::Contested) == "contested");
  CHECK(owner_name(Owner::Unclaimed) == "unclaimed");
}

TEST_CASE("what another session found dirty, and has not changed since, is not that session's") {
  Baseline theirs = start_with("a.c", {entry_of("old"), entry_of("old"), entry_of("new")});
  std::vector<OtherClaim> others = codex({"a.c"});
  CHECK(owner(edited("a.c"), claiming({}), others, clean_start()) == Owner::Foreign);
  others[0].baseline = theirs;
  CHECK(owner(edited("a.c"), claiming({}), others, clean_start()) == Owner::Ours);
  CHECK(owner(edited("a.c", "newer"), claiming({}), others, clean_start()) == Owner::Foreign);
  CHECK(owner(edited("a.c", "newer"), claiming({"a.c"}), others, clean_start()) ==
        Owner::Contested);
}

TEST_CASE("what another session found dirty is its own once that session claims it by hand") {
  std::vector<OtherClaim> others = codex({"other/"});
  others[0].baseline = start_with("z", {entry_of("old"), entry_of("old"), entry_of("new")});
  Change made = edited("z");
  CHECK(owner(made, claiming({"LICENSE"}), others, clean_start()) == Owner::Unclaimed);
  others[0].claim =
      Claim(std::nullopt, std::nullopt, {}, RepoPath(".codex"), {}, {{RepoPath("z"), ""}});
  CHECK(owner(made, claiming({"LICENSE"}), others, clean_start()) == Owner::Foreign);
  CHECK(owner(made, claiming({"z"}), others, clean_start()) == Owner::Contested);
}

TEST_CASE("what commands made is nobody's, unless it is claimed") {
  Baseline baseline = clean_start();
  baseline.made_by_commands.insert(RepoPath("prog"));
  const Change made = change("prog", kNoEntry, kNoEntry, entry_of("binary"));
  CHECK(owner(made, claiming({}), {}, baseline) == Owner::Unclaimed);
  CHECK(owner(made, claiming({"prog"}), {}, baseline) == Owner::Ours);
  CHECK(owner(change("other", kNoEntry, kNoEntry, entry_of("binary")), claiming({}), {},
              baseline) == Owner::Ours);
}

TEST_CASE("both sides of a rename are of one owner") {
  const Change removed = change("old.c", entry_of("text"), kNoEntry, kNoEntry);
  const Change added = change("new.c", kNoEntry, entry_of("text"), entry_of("text"));
  const auto both = [&](std::vector<std::string> patterns, const Change& second) {
    const auto owned = assign_owners({second, removed}, claiming(std::move(patterns)), {}, {});
    REQUIRE(owned.size() == 2);
    return owned;
  };
  auto owned = both({"old.c"}, added);
  CHECK(owned[0].owner == Owner::Ours);
  CHECK(owned[0].reason == "renamed from 'old.c': wave-scope.json 'old.c'");
  CHECK(owned[0].renamed_with == RepoPath("old.c"));
  owned = both({"new.c"}, added);
  CHECK(owned[1].owner == Owner::Ours);
  CHECK(owned[1].reason == "renamed to 'new.c': wave-scope.json 'new.c'");
  CHECK(both({"elsewhere"}, added)[0].owner == Owner::Unclaimed);
  // Another content is no rename; of an empty file nobody knows.
  CHECK(both({"old.c"}, change("new.c", kNoEntry, entry_of("other"), entry_of("other")))[0].owner ==
        Owner::Unclaimed);
  const Change empty = change("old.c", entry_of(""), kNoEntry, kNoEntry);
  const auto empties = assign_owners({change("new.c", kNoEntry, entry_of(""), entry_of("")), empty},
                                     claiming({"old.c"}), {}, {});
  CHECK(empties[0].owner == Owner::Unclaimed);
}

namespace {

constexpr Timestamp kPaused = Timestamp(std::chrono::hours(10));

// A session that was paused with this file in the tree.
std::vector<OtherClaim> paused_with(const char* path, std::string_view content) {
  OtherClaim other{"paused-session", Claim({}, {}, {}, RepoPath(".codex"))};
  other.left = LeftByPause{kPaused, {{RepoPath(path), entry_of(content)}}};
  return {other};
}
Baseline begun(int hour) {
  Baseline baseline = clean_start();
  baseline.taken_at = Timestamp(std::chrono::hours(hour));
  return baseline;
}

}  // namespace

TEST_CASE("what a paused session has left is not another's, whoever takes everything") {
  const auto owned = judged(edited("a"), kNoClaim, paused_with("a", "new"), begun(9));
  CHECK(owned.owner == Owner::Foreign);
  CHECK(owned.reason == "left by session 'paused-session', which is paused");
  CHECK(owner(edited("a"), kNoClaim, paused_with("a", "new"), begun(11)) == Owner::Foreign);
  CHECK(owner(edited("a"), claiming({"b"}), paused_with("a", "new"), begun(9)) == Owner::Foreign);
  CHECK(owner(edited("a"), kNoClaim, paused_with("a", "new"), std::nullopt) == Owner::Foreign);
}

TEST_CASE("what a paused session has left is contested where another one claims it") {
  CHECK(owner(edited("a"), claiming({"a"}), paused_with("a", "new"), begun(9)) == Owner::Contested);
}

TEST_CASE("a file that a paused session has left may be changed since by one that is older") {
  const auto others = paused_with("a", "left");
  CHECK(owner(edited("a"), kNoClaim, others, begun(9)) == Owner::Contested);
  CHECK(owner(edited("a"), claiming({"b"}), others, begun(9)) == Owner::Foreign);
  // One that began since found it clean.
  CHECK(owner(edited("a"), kNoClaim, others, begun(11)) == Owner::Ours);
  CHECK(owner(edited("a"), claiming({"a"}), others, begun(11)) == Owner::Ours);
}

TEST_CASE("a paused session that claims nothing contests nothing else") {
  CHECK(owner(edited("b"), kNoClaim, paused_with("a", "new"), begun(9)) == Owner::Ours);
}

TEST_CASE("a deletion that a paused session has left is its own, too") {
  auto others = paused_with("a", "");
  others[0].left->files[RepoPath("a")] = kNoEntry;
  CHECK(owner(change("a", entry_of("old"), entry_of("old"), kNoEntry), kNoClaim, others,
              begun(9)) == Owner::Foreign);
}

TEST_CASE("the records of a paused session are its own") {
  CHECK(owner(edited(".codex/STATE.md"), kNoClaim, paused_with("a", "new"), begun(9)) ==
        Owner::Foreign);
}
