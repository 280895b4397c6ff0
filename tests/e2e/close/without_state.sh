#!/usr/bin/env bash
# With persistence off there is no STATE.md: the base comes from --base, else from the remote's default branch.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
bare_remote
git remote set-head origin main
git config session.persistence false
git checkout -q -b work
commit_file one.txt
echo a >a.txt
expect_exit 0 git session close --json --decide unclaimed=include --decide push-target=same-name
expect_json '.status == "closed" and (.commits | length) == 1 and .pushed'
expect_outcome metrics skip
expect_outcome state skip
expect_outcome snapshots skip
expect_equal "$(committed_files)" a.txt
expect_no_file .orchestrator/STATE.md
expect_no_file .orchestrator/metrics/sessions.jsonl
expect_equal "$(git for-each-ref refs/so-snapshots)" ""

echo b >b.txt
expect_exit 0 git session close --json --base HEAD~1 --decide unclaimed=leave
expect_json '.status == "closed" and .commits == []'
expect_outcome commit skip
expect_equal "$(git status --porcelain)" "?? b.txt"
expect_exit 129 git session close --json --base no-such-commit
expect_json '.error.message | contains("no-such-commit")'
