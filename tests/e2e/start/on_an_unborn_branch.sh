#!/usr/bin/env bash
# A repository without a commit: start and snapshot either work or say why; nothing is lost, nothing crashes.
. "$E2E/lib.sh"

git init -q "$CASE/repo"
cd "$CASE/repo"
echo first >file
git add file
expect_exit 0 git session status
expect_exit 0 git session init --records tracked
expect_exit 0 git session snapshot --session s --label unborn --json
expect_json '.ok and .ref == "refs/so-snapshots/s/wave-0-unborn" and .files.staged >= 1'
git fsck --strict --no-dangling >"$CASE/fsck" 2>&1 || fail "git fsck: $(cat "$CASE/fsck")"
expect_equal "$(git cat-file -p refs/so-snapshots/s/wave-0-unborn:file)" first
expect_exit 0 git session start --title "From nothing" --json
expect_json '.session | startswith("main-")'
