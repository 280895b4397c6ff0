#!/usr/bin/env bash
# vcs none files nothing; with a tracker without a login, whatever is installed, issues are queued.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --plan "$(plan '[[item]]
title = "Later"
files = ["later/**"]')"
git config session.vcs none
expect_exit 0 git session close --json
expect_outcome issues skip
expect_json '.issues == [] and .status == "closed"'
expect_no_file .orchestrator/issues

git config session.vcs github
start_session --plan "$(plan '[[item]]
title = "Later"
issue = 9
files = ["later/**"]')"
mkdir later
echo a >later/a
expect_exit 0 git session close --json
expect_outcome issues warn
expect_json '[.issues[] | [.action, .reference]] == [["close", "#9"]] and .status == "closed"'
queue=$(git rev-parse --git-path git-session/queued-issues.jsonl)
expect_equal "$(jq -c '[.action, .reference, .tracker]' "$queue")" '["close","#9","github"]'
expect_no_file .orchestrator/issues
