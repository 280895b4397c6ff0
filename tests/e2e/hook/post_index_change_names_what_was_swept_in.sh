# shellcheck shell=bash
# post-index-change immediately names what was staged and is not this session's, once, and ignores everything else.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
session_repo
commit_file theirs.txt old
echo "somebody else's" >theirs.txt
echo "staged before" >staged.txt
git add staged.txt
cat >"$CASE/plan.toml" <<'P'
title = "A"
[[item]]
title = "A"
files = ["src/**"]
P
git session start --plan "$CASE/plan.toml" >/dev/null 2>&1 || fail "no start"
use_hook post-index-change

expect_exit 0 git status
[ ! -s "$ERR" ] || fail "status is commented on"
mkdir src
echo code >src/a.c
expect_exit 0 git add src
[ ! -s "$ERR" ] || fail "a file of the plan is commented on: $(cat "$ERR")"
echo stray >stray.txt
expect_exit 0 git add -A .
expect_err "'theirs.txt' was already dirty when the session started, unchanged since (dirty-at-start)"
expect_err "'stray.txt': in no plan item or scope (unclaimed)"
expect_no_err "'staged.txt'"
expect_no_err "'src/a.c'"
expect_err "hint: unstage with: git reset -q -- "
touch src/a.c
expect_exit 0 git status
[ ! -s "$ERR" ] || fail "it is said twice"
expect_exit 0 env GIT_INDEX_FILE="$CASE/index" git add stray.txt
[ ! -s "$ERR" ] || fail "a temporary index is commented on"
expect_exit 0 git commit -q -m "feat: all"
[ ! -s "$ERR" ] || fail "a commit is commented on: $(cat "$ERR")"
echo more >>stray.txt
expect_exit 0 git add stray.txt
expect_err "'stray.txt'"
# A truncated memory file is ignored.
printf 'x' >"$(git rev-parse --git-path git-session/staged)"
echo again >>stray.txt
expect_exit 0 git add stray.txt
expect_err "'stray.txt'"
expect_exit 0 git checkout -q -b other
