#!/usr/bin/env bash
# From a subdirectory and in a linked worktree a close does the same, and two worktrees do not disturb each other.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
mkdir -p src/deep
echo a >src/deep/a.c
echo b >src/b.c
git config session.test-command 'test -e src/b.c'
cd src/deep
expect_exit 0 git session close --json
expect_json '.status == "closed" and .commits[0].files == 4'
cd ../..
expect_equal "$(git status --porcelain)" ""

git worktree add -q -b side "$CASE/linked"
start_session --scope "src/"
echo c >>src/b.c
git session snapshot --label mine >/dev/null
cd "$CASE/linked"
start_session --scope "src/" --title "on the side"
echo side >src/side.c
expect_exit 0 git session close --yes --json
expect_json '.status == "closed" and .commits[0].files == 3 and .pushed'
expect_equal "$(git log -1 --format=%s side)" "feat: on the side"
expect_equal "$(git status --porcelain)" ""
cd "$CASE/repo"
expect_equal "$(git status --porcelain src)" " M src/b.c"
expect_equal "$(git for-each-ref refs/so-snapshots | grep -c mine)" 1
expect_exit 0 git -C "$CASE/repo" session close --json
expect_json '.status == "closed"'
