#!/usr/bin/env bash
# -C, GIT_DIR with GIT_WORK_TREE, a subdirectory, a linked worktree and odd directory names behave as in git.
. "$E2E/lib.sh"

odd=$'with space "quoted" \xff'
session_repo "$odd"
mkdir -p deep/er
echo changed >README.md
git worktree add -q "$CASE/linked" -b linked

cd "$CASE"
expect_exit 0 git -C "$odd" session snapshot --session s --label by-option --json
expect_json '.ok and (.skipped | not) and .ref == "refs/so-snapshots/s/wave-0-by-option"'
expect_exit 0 env GIT_DIR="$CASE/$odd/.git" GIT_WORK_TREE="$CASE/$odd" git session snapshot --session s --label by-env --json
expect_json '.ref == "refs/so-snapshots/s/wave-0-by-env"'
cd "$odd/deep/er"
expect_exit 0 git session snapshot --session s --label from-below --json
expect_json '.ref == "refs/so-snapshots/s/wave-0-from-below" and .files.unstaged == 1'
cd "$CASE/linked"
expect_exit 0 git session snapshot --session s --label linked --json
expect_json '.skipped and .ref == null'
echo changed >README.md
expect_exit 0 git session snapshot --session s --label linked --json
expect_json '.ref == "refs/so-snapshots/s/wave-0-linked"'
# Snapshots are shared by all worktrees.
expect_exit 0 git session snapshot list --session s --json
expect_json '.snapshots | length == 4'
