#!/usr/bin/env bash
# A close deletes the session's snapshots, but not a person's of work that it leaves in the tree.
. "$E2E/lib.sh"
. "$E2E/close.sh"

names() { git for-each-ref --format='%(refname:lstrip=3)' 'refs/so-snapshots/[!@]*/*' | sort | paste -sd' '; }
session_repo
bare_remote
echo before >notes.txt
start_session --scope 'src/**'
mkdir src
echo 1 >src/a.c
git session snapshot --label work -q
echo 1 >stray.txt
git session snapshot --label stray -q
git session snapshot --wave 1 --label agents -q
rm stray.txt
expect_exit 0 git session close --yes --dry-run --json
expect_json '.phases[] | select(.id == "snapshots") | .summary | contains("would delete 4 snapshots")'
echo 2 >stray.txt
expect_exit 0 git session close --yes --json
expect_json '.status == "closed" and .pushed'
expect_json '.phases[] | select(.id == "snapshots") | .summary | contains("1 snapshot of what is left in the tree kept")'
expect_equal "$(names)" "wave-0-stray"
expect_equal "$(git show "$(git for-each-ref --format='%(refname)' 'refs/so-snapshots/[!@]*/*')^3:stray.txt")" 1
expect_equal "$(cat stray.txt)" 2

# With nothing left that they hold, all go.
rm stray.txt notes.txt
git session gc --older-than now -q >/dev/null
start_session --scope 'src/**'
echo 2 >src/a.c
git session snapshot --label work -q
expect_exit 0 git session close --yes --json
expect_equal "$(names)" ""
