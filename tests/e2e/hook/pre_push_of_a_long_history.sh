# shellcheck shell=bash
# The first push of a long history to a new remote: only the session's commits are checked, and a snapshot is found
# however deep it lies.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
session_repo
awk 'BEGIN {
  for (i = 1; i <= 50000; i++) {
    printf "commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 2\nc\n", 1000000000 + i
    if (i == 1) print "from refs/heads/main^0"
    print ""
  }
}' | git fast-import --quiet --force
git reset -q --hard
git session start --scope 'src/' >/dev/null 2>&1 || fail "no start"
use_hook pre-push
commit_file src/a.c
commit_file docs/a.md text "docs: out of scope"
git init -q --bare "$CASE/new.git"
git remote add new "$CASE/new.git"
line="refs/heads/main $(git rev-parse HEAD) refs/heads/main 0000000000000000000000000000000000000000"
start=${EPOCHREALTIME/./}
expect_exit 0 git session hook pre-push new "$CASE/new.git" <<<"$line"
took=$((${EPOCHREALTIME/./} - start))
expect_err "1 commit to be pushed"
expect_err "'docs/a.md' matches no pattern"
start=${EPOCHREALTIME/./}
git rev-list --parents main >/dev/null
walk=$((${EPOCHREALTIME/./} - start))
grep -q __asan_init "$PROGRAM/git-session" || [ "$took" -lt $((8 * walk)) ] || fail "it looked for $took us, and git walks it all in $walk us"
sed -i 's/"warn"/"strict"/' .orchestrator/wave-scope.json
expect_exit 1 git push -q new main
expect_exit 0 git push -q --no-verify new main
expect_exit 0 git push -q new main:refs/heads/again # everything already exists
# To a branch that the remote has, only what is new is read.
git commit -q --allow-empty -m "chore: above"
line="refs/heads/main $(git rev-parse HEAD) refs/heads/main $(git rev-parse HEAD~1)"
start=${EPOCHREALTIME/./}
expect_exit 0 git session hook pre-push new "$CASE/new.git" <<<"$line"
took=$((${EPOCHREALTIME/./} - start))
grep -q __asan_init "$PROGRAM/git-session" || [ "$took" -lt "$walk" ] || fail "it looked for $took us at one commit"

# A snapshot below it all, merged, with nothing of ours in its subjects and no ref.
rm -rf .git/hooks/pre-push .orchestrator
base=$(git rev-list --max-parents=0 HEAD | tail -n 1)
tree() { printf '100644 blob %s\t%s\n' "$(git hash-object -w --stdin <<<"$1")" "$1" | git mktree; }
index=$(git commit-tree -p "$base" -m "chore: one" "$(tree a)")
untracked=$(git commit-tree -m "chore: two" "$(tree secret)")
leak=$(git commit-tree -p "$base" -p "$index" -p "$untracked" -m "chore: three" "$(tree b)")
awk -v leak="$leak" 'BEGIN {
  for (i = 1; i <= 25000; i++) {
    printf "commit refs/heads/deep\ncommitter A <a@example.org> %d +0000\ndata 2\nc\n", 1900000000 + i
    if (i == 1) print "from " leak
    print ""
  }
}' | git fast-import --quiet --force
use_hook pre-push
expect_exit 1 git push -q new deep
expect_err "the history of 'refs/heads/deep' has a snapshot in it"
