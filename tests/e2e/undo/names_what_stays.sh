#!/usr/bin/env bash
# What the close has filed on a host stays there and is named; what it had queued is not queued any more.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/trackers.sh"

fake_tracker gh
new_repo
git session init --local >/dev/null 2>&1
git remote add origin https://github.com/owner/name.git
git config session.vcs github
start_session --plan "$(plan '[[item]]
title = "Work"
files = ["*.txt"]
[[item]]
title = "Later"
files = ["later/**"]')"
echo 1 >work.txt
expect_exit 0 git session close --yes --no-push --json
expect_json '[.issues[] | [.action, .outcome, .reference]] == [["create", "done", "#101"]]'
expect_exit 0 git session undo --json
expect_json '[.filed[] | [.action, .reference, .title, .url]] == [["create", "#101", "[Carryover] Later", "https://github.com/owner/name/issues/101"]]'
expect_file "$CASE/gh/issues/101.json"
# The close finds it again, and files it only once.
expect_exit 0 git session close --yes --no-push --json
expect_equal "$(find "$CASE/gh/issues" -name '*.json' | wc -l)" 1
expect_exit 0 git session undo
expect_out "Not taken back, on the tracker's host:"
expect_out "#101 [Carryover] Later  https://github.com/owner/name/issues/101"

# Queued, since the tracker was not asked.
rm "$CASE/bin/gh"
expect_exit 0 git session close --yes --no-push --json
expect_equal "$(wc -l <.git/git-session/queued-issues.jsonl)" 1
expect_exit 0 git session undo --json
expect_json '.filed == []'
expect_no_file .git/git-session/queued-issues.jsonl
