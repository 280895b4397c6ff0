#!/usr/bin/env bash
# An undo that could lose or move anybody's work is refused, with what remains to be done; nothing has changed then.
. "$E2E/lib.sh"
. "$E2E/close.sh"

closed() { # NAME [close's options]: a repository whose last close made a commit
  new_repo "$1"
  git session init --local >/dev/null 2>&1
  start_session
  echo work >work.txt
  shift
  git session close --yes "$@" >/dev/null 2>&1 || fail "close failed"
  tip=$(git rev-parse HEAD)
  short=${tip:0:10}
}
refused() { # WORDS
  remember_tree
  expect_exit 1 git session undo
  expect_err "$1"
  expect_same_tree
  expect_no_file .git/git-session/close/journal.jsonl
}

# Pushed by the close, by hand, and with what the remote has.
new_repo pushed
bare_remote
git session init --local >/dev/null 2>&1
start_session
echo work >work.txt
expect_exit 0 git session close --yes
expect_no_out "Undo:"
refused "was pushed"
expect_err "git revert $(git rev-parse HEAD | cut -c1-10)"
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
closed by_hand
bare_remote hub
refused "the close's commits were pushed: 'hub/main' has them"
expect_err "git revert $short"

# The branch has moved on, or away.
closed on_top
commit_file more.txt
refused "'chore: a file' was committed on top of the close"
expect_err "'git revert $short' reverts what it committed"
git reset -q --hard HEAD~2
refused "the close's commits are not on this branch any more"
expect_err "git reset --keep $short"
expect_exit 0 git reset -q --keep "$short"
expect_exit 0 git session undo

closed elsewhere
git checkout -q -b other
refused "the close was made on branch 'main'"
expect_err "'git checkout main', then undo"
git checkout -q --detach
refused "the close was made on branch 'main'"
git checkout -q main
git branch side HEAD~1
git checkout -q side
commit_file work.txt theirs
git checkout -q main
git merge -q side >/dev/null 2>&1 && fail "no conflict"
expect_exit 1 git session undo
expect_err "a merge is in progress"
git merge --abort
expect_exit 0 git session undo

# A session on top of it; one beside it, that was there before, is not moved.
closed successor
start_session
echo theirs >theirs.txt
refused "was started on top of this close"
expect_err "close or abandon it first"
expect_exit 0 git session abandon
expect_exit 0 git session undo
expect_equal "$(cat work.txt theirs.txt | tr '\n' ' ')" "work theirs "

# Of another session, of another worktree.
closed named
expect_exit 1 git session undo nobody
expect_err "not of 'nobody'"
git worktree add -q "$CASE/linked" -b linked
cd "$CASE/linked"
expect_exit 1 git session undo
expect_err "git -C $CASE/named session undo"
cd "$CASE/named"
expect_exit 0 git session undo "$(find .git/git-session/closed -mindepth 1 -printf '%f\n' -quit)"

# A close that is not finished.
closed unfinished
start_session
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
echo more >more.txt
expect_exit 1 git session close --yes
expect_exit 1 git session undo
expect_err "a close is not finished"
expect_exit 0 git session close --abort
expect_exit 0 git session abandon
expect_exit 0 git session undo

# In the tracked home another session has taken the place of STATE.md.
session_repo replaced
start_session
echo work >work.txt
expect_exit 0 git session close --yes
start_session
refused "was started on top of this close"
expect_exit 0 git session abandon
expect_exit 1 git session undo
expect_err "STATE.md has changed since the close"
git checkout -q -- .orchestrator/STATE.md
expect_exit 0 git session undo
