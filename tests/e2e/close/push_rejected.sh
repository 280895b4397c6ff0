#!/usr/bin/env bash
# The remote has moved on: the close stops after its commits, and continues after a rebase without doing anything twice.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
git clone -q "$CASE/origin.git" "$CASE/other"
(cd "$CASE/other" && commit_file theirs.txt && git push -q)
mkdir src
echo a >src/a.c
expect_exit 1 git session close --json
expect_outcome push block
expect_json '.status == "blocked" and .pushed == false and (.commits | length) == 1 and (.hint | contains("git pull --rebase"))'
expect_json '[.phases[] | select(.id == "push") | .detail] | .[0] | contains("rejected")'
expect_json '[.phases[].id] | index("snapshots") == null'
expect_equal "$(git for-each-ref refs/so-snapshots | wc -l)" 1 # the way back is still there
session=$(json .session)
expect_exit 0 git session status --json
expect_out "$session" # whose close is unfinished
expect_exit 0 git session gc --older-than now --json
expect_equal "$(git for-each-ref refs/so-snapshots | wc -l)" 1
git pull -q --rebase
expect_exit 1 git session close # an unfinished one is not started again
expect_out "unfinished"
expect_err "--continue"
expect_err "--abort"
expect_exit 0 git session close --continue --json
expect_json '.status == "closed" and .pushed'
expect_equal "$(sessions_lines)" 1
expect_equal "$(git rev-list --count HEAD)" 4
expect_equal "$(git rev-parse HEAD)" "$(git -C "$CASE/origin.git" rev-parse main)"
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
expect_equal "$(git status --porcelain)" ""
