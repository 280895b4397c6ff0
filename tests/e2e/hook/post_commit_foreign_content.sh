# shellcheck shell=bash
# What was dirty before the session and is unchanged since, and what another session claims, is named; without a
# platform, what the other session may have done is not reported.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
session_repo
commit_file tracked.txt old
commit_file staged.txt old
echo "somebody else's" >tracked.txt
echo "somebody else's" >untracked.txt
echo "staged before" >staged.txt
git add staged.txt
echo "and more" >>staged.txt
git session start >/dev/null 2>&1 || fail "no start"
use_hook post-commit

echo mine >mine.txt
git add mine.txt untracked.txt
expect_exit 0 git commit -q -m "feat: with an untracked one" -- mine.txt untracked.txt
expect_err "'untracked.txt' was already dirty when the session started, unchanged since (dirty-at-start)"
expect_no_err "'mine.txt'"
expect_exit 0 git commit -q -m "chore: what was staged"
expect_err "'staged.txt' was already staged when the session started (dirty-at-start)"
echo "and mine" >>tracked.txt
expect_exit 0 git commit -q -m "feat: changed since" -- tracked.txt
[ ! -s "$ERR" ] || fail "a file that the session changed is called foreign"

# Two sessions in one tree.
cat >"$CASE/a.toml" <<'P'
title = "A"
[[item]]
title = "A"
files = ["a/**"]
P
sed 's/"A"/"B"/; s/a\//b\//' "$CASE/a.toml" >"$CASE/b.toml"
git session close --yes --no-push >/dev/null 2>&1 || fail "no close"
git session --state-dir .claude start --plan "$CASE/a.toml" >/dev/null 2>&1 || fail "no start of A"
git session --state-dir .codex start --plan "$CASE/b.toml" >/dev/null 2>&1 || fail "no start of B"
mkdir a b
echo a >a/1
git add a
expect_exit 0 git commit -q -m "feat: a"
[ ! -s "$ERR" ] || fail "A's commit is commented on"
echo b >b/1
git add b
expect_exit 0 git commit -q -m "feat: b"
[ ! -s "$ERR" ] || fail "B's commit is commented on where nobody said whose it is"
echo b >b/2
git add b
expect_exit 0 env SO_PLATFORM=claude git commit -q -m "feat: b by A"
expect_err "'b/2' is claimed by session "
expect_err "(other-session)"
echo b >b/3
git add b
expect_exit 0 env SO_PLATFORM=codex git commit -q -m "feat: b by B"
[ ! -s "$ERR" ] || fail "B's own commit is commented on"
echo a >a/4
echo b >b/4
git add a b
expect_exit 0 git commit -q -m "feat: of both"
expect_err "(other-session)"
