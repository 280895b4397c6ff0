#!/usr/bin/env bash
# Private sessions of linked worktrees: each sees its own, records and issues are one, and a removed worktree loses none.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
bare_remote
git session init --local >/dev/null 2>&1
git worktree add -q -b side "$CASE/side"
start_session --title "In the main one"
(cd "$CASE/side" && start_session --title "In the side one")
expect_exit 0 git session status --json
expect_json '.title == "In the main one" and (.others | length) == 1'
cd "$CASE/side"
expect_exit 0 git session status --json
expect_json '.title == "In the side one" and .records == "private" and (.others | length) == 1'
echo 1 >of-side
expect_exit 0 git session issue create --title "From the side"
expect_exit 0 git session close --yes --json
expect_json '.status == "closed"'
cd "$CASE/repo"
expect_exit 0 git session issue list
expect_out "From the side"
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 1

# Opened there, and its directory removed: the session is still named.
git worktree add -q -b gone "$CASE/gone"
(cd "$CASE/gone" && start_session --title "Lost")
rm -r "$CASE/gone"
git worktree prune
expect_equal "$(find .git/git-session/sessions -name STATE.md | wc -l)" 2
