#!/usr/bin/env bash
# Sessions whose owner is gone are named and can be ended: silent ones, those of a worktree that is gone, of another
# branch; one that another worktree has is ended there, one whose close is unfinished is not ended.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --local >/dev/null 2>&1
expect_exit 1 git session abandon
expect_err "no session is open"
export GIT_TEST_DATE_NOW=1795348800 # 2026-11-22T12:00:00Z
start_session --name old
id=$(git session status --json | jq -r .session)
find ".git/git-session/sessions/$id" -type f -exec touch -d 2026-11-22T12:00:00Z {} +
export GIT_TEST_DATE_NOW=$((1795348800 + 23 * 3600))
expect_exit 0 git session status --json
expect_json '.silent == []'
export GIT_TEST_DATE_NOW=$((1795348800 + 49 * 3600))
expect_exit 0 git session status --json
expect_json '[.silent[] | [.session, .name, .since, .worktree_gone]] == [[$id, "old", "2026-11-22T12:00:00.000Z", false]]' --arg id "$id"
expect_err "session 'old' was last active 2 days ago: 'git session abandon --session old' ends it without a commit"
expect_exit 1 git session start
expect_err "'git session abandon --session old' ends it without a commit"
expect_exit 0 git session start --name beside
expect_err "session 'old' was last active 2 days ago"
expect_exit 1 git session abandon
expect_err "2 sessions are open here"
# A snapshot is a sign of life.
git session snapshot -q --session old >/dev/null
echo changed >>README.md
git session snapshot -q --session old >/dev/null
expect_exit 0 git session status --session old --json
expect_json '.silent == []'
expect_exit 0 git session abandon -q --session old --drop-snapshots
expect_exit 0 git session abandon -q
unset GIT_TEST_DATE_NOW

# Of another branch: only by name.
git checkout -q -b other
start_session
id=$(git session status --json | jq -r .session)
git checkout -q main
expect_exit 1 git session abandon
expect_err "belongs to branch 'other'"
expect_exit 0 git session abandon --session "$id"
expect_no_out "uncommitted"
expect_exit 1 git session abandon --session "$id"
expect_err "no session '$id' is open"

# Of another worktree: there; once that is gone, from anywhere.
git worktree add -q "$CASE/linked" -b linked
(cd "$CASE/linked" && start_session --name far)
id=$(cd "$CASE/linked" && git session status --json | jq -r .session)
expect_exit 1 git session abandon --session far
expect_err "session 'far' is open in '$CASE/linked'"
expect_err "git -C $CASE/linked session abandon --session far"
echo work >"$CASE/linked/work"
(cd "$CASE/linked" && git session snapshot -q >/dev/null)
git worktree remove --force "$CASE/linked"
expect_exit 0 git session status
expect_err "session 'far' is open, and its worktree is gone: 'git session abandon --session far'"
expect_exit 0 git session abandon --session far --json
expect_json '.session == $id and .changes == [] and (.snapshots.kept | length) == 1' --arg id "$id"
expect_equal "$(status_of ".git/git-session/closed/$id/STATE.md")" abandoned

# An unfinished close is finished or taken back first.
start_session
echo 1 >one
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
expect_exit 1 git session close --yes
expect_exit 1 git session abandon
expect_err "is not finished"
expect_err "'git session close --abort' takes it back, and then the session can be abandoned"
expect_exit 0 git session close --abort
expect_exit 0 git session abandon
expect_out "1 file stays in the tree, uncommitted: one"

# A broken plan keeps no session open; a start commit that is gone does not either.
start_session --plan "$(plan '[[item]]
title = "One"
files = ["a"]')"
echo "[[broken" >"$(find .git/git-session/sessions -name session-plan.toml)"
expect_exit 0 git session abandon
expect_err "session-plan.toml"
