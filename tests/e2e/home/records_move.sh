#!/usr/bin/env bash
# Records and issues move between the homes, together with what already exists, and nothing is lost by running it again.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
bare_remote
start_session --scope a
echo 1 >a
expect_exit 1 git session records move --to private
expect_err "is open"
git session learn -q --type scope-guidance --subject one --insight x
expect_exit 0 git session close --yes -q
expect_exit 0 git session issue create --title "An issue" -q
expect_exit 129 git session records move --to elsewhere

expect_exit 0 git session records move --to private --json
expect_json '.records == "private" and (.files | length) >= 3'
expect_no_file .orchestrator/metrics/sessions.jsonl
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 1
expect_file_has .git/git-session/records/learnings.jsonl '"subject":"one"'
expect_exit 0 git session issue list
expect_out "An issue"
git add -A
git commit -q -m "chore: private"

start_session --scope b
echo 1 >b
expect_exit 0 git session close --yes -q
expect_equal "$(git status --porcelain)" ""
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 2

# Back, onto a line that came by another way; again changes nothing.
mkdir -p .orchestrator/metrics
echo '{"session_id":"theirs"}' >.orchestrator/metrics/sessions.jsonl
expect_exit 0 git session records move --to tracked -q
expect_equal "$(wc -l <.orchestrator/metrics/sessions.jsonl)" 3
cp .orchestrator/metrics/sessions.jsonl "$CASE/moved"
expect_exit 0 git session records move --to tracked -q
cmp .orchestrator/metrics/sessions.jsonl "$CASE/moved" || fail "a second move changes the records"

# Two issues of one number are not one issue.
mkdir -p .git/git-session/issues
printf -- '---\nid: 1\ntitle: Another\nstate: open\n---\n' >.git/git-session/issues/"$(ls .orchestrator/issues)"
expect_exit 1 git session records move --to private
expect_file .orchestrator/metrics/sessions.jsonl
