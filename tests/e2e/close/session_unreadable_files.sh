#!/usr/bin/env bash
# Unreadable files, and those replaced by a FIFO, are neither committed as deleted nor counted as changed: status and
# close name them, and the rest is committed.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
for name in dark/a dark/b replaced fifo/a secret changed; do commit_file "$name"; done
start_session
echo changed >dark/b
git add dark/b
rm -r replaced fifo
mkfifo replaced fifo untracked-fifo
echo changed >secret
echo changed >changed
echo new >'git~1'
echo new >unreadable
echo new >new
chmod 000 dark secret unreadable

expect_exit 0 without_override git session status --json
expect_json '[.changes[].path | select(startswith(".orchestrator") | not)] == ["changed", "new"]'
expect_json '[.left_out[] | .path] == ["dark", "dark/a", "dark/b", "fifo/a", "git~1", "replaced", "secret", "unreadable"]'
expect_json '.left_out[0].reason == "unreadable: Permission denied" and .left_out[5].reason == "replaced by a FIFO"'
expect_exit 0 without_override git session status
expect_err "warning: 'dark', 'dark/a', 'dark/b' and 2 more are left out: unreadable: Permission denied"
expect_err "warning: 'replaced' is left out: replaced by a FIFO"
expect_no_err untracked-fifo

head=$(git rev-parse HEAD)
expect_exit 0 without_override git session close --json
expect_json '.status == "closed"'
expect_json '[.phases[] | select(.id == "session") | .findings[].title] | any(contains("replaced by a FIFO")) and any(contains("Permission denied"))'
expect_equal "$(git diff --name-status "$head" HEAD -- . ':!.orchestrator' | tr '\t\n' '  ')" "M changed A new "
chmod 755 dark
expect_equal "$(git show :dark/b)" changed "what was staged there still is"

# Once readable again, the files are as before.
chmod 644 secret unreadable
rm replaced fifo untracked-fifo 'git~1'
git checkout -q -- replaced fifo
expect_exit 0 git session start --title "The next"
expect_exit 0 git session status --json
expect_json '.left_out == []'
