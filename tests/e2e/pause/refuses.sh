#!/usr/bin/env bash
# What pause and resume refuse, and what every other command says while a session is paused; nothing is changed by that.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
bare_remote
git session init --local >/dev/null 2>&1
for file in a b c; do commit_file $file; done
expect_exit 1 git session pause
expect_err "no session is open"
expect_exit 1 git session resume
expect_err "no session is paused here"
expect_exit 1 git session resume nobody
expect_err "no session 'nobody' is paused here"

start_session --title "One" --name one --scope a
expect_exit 1 git session resume
expect_err "no session is paused here"
expect_exit 1 git session resume one
expect_err "is not paused"
# An unfinished close.
echo 1 >>a
git config session.test-command false
git session close --yes >/dev/null 2>&1 && fail "the close did not stop"
expect_exit 1 git session pause
expect_err "the close of session"
git session close --abort -q
git config --unset session.test-command
# A merge in progress: what is shelved could not be told from it.
git switch -q -c side
echo side >>c
git commit -q -m side -- c
git switch -q main
echo main >>c
git commit -q -m main -- c
git merge side >/dev/null 2>&1 && fail "no conflict"
remember_tree
expect_exit 1 git session pause --shelve
expect_err "a merge is in progress"
expect_same_tree
git merge --abort

# Several paused ones.
expect_exit 0 git session pause --shelve
one=$(git session status --json | jq -r '.paused[0].session')
start_session --title "Two" --name two --scope b
echo 2 >>b
expect_exit 1 git session start --name one
expect_err "has the name 'one' already"
expect_exit 1 git session resume one
expect_err "session 'two' is active here"
expect_exit 0 git session pause
expect_out "Resume: git session resume two"
remember_tree
expect_exit 1 git session resume
expect_err "2 sessions are paused here: "
expect_err "name one: 'git session resume two'"
expect_exit 1 git session pause
expect_err "'--session SESSION' says which of them is meant"

# Commands that need an open session.
expect_exit 1 git session close --session two --yes --json
expect_json '.status == "blocked" and (.hint | contains("git session resume"))'
expect_json '.phases[-1].summary == "session \u0027\($id)\u0027 is paused"' --arg id two
for command in "claim b" "learn --type t --subject s --insight i" "learn --list" "plan show" "plan set ../plan.toml"; do
  echo 'title = "x"' >../plan.toml
  # shellcheck disable=SC2086
  expect_exit 1 git session $command --session two
  expect_err "session 'two' is paused"
  expect_err "'git session resume' continues it"
done
expect_exit 1 git session close --continue
expect_err "there is no unfinished close to continue"
expect_exit 1 git session snapshot
expect_err "no session is active here"
expect_exit 0 git session scope show --json
expect_json '.scope == null'
expect_exit 0 git session snapshot list --session "$one" --json
expect_json '[.snapshots[].label] == ["paused"]'
expect_exit 1 git session records move --to tracked
expect_err "$one"
expect_exit 1 git session abandon
expect_err "is paused"
expect_same_tree

# Another branch; no branch.
git switch -q side
expect_exit 1 git session resume one
expect_err "session 'one' belongs to branch 'main', and 'side' is checked out"
expect_err "'git switch main', then 'git session resume'"
expect_exit 1 git session resume
expect_err "'git switch main', then 'git session resume', continues one"
git switch -q --detach
expect_exit 1 git session resume one
expect_err "no branch is checked out"
git switch -q main
expect_same_tree

# Another worktree.
git worktree add -q ../linked side
expect_exit 1 git -C ../linked session resume one
expect_err "session 'one' is paused in '$PWD'"
expect_exit 0 git -C ../linked session status --json
expect_json '.paused == [] and ([.others[] | select(.status == "paused")] | length) == 2'

# What is in the way is named, all of it, before the first write.
echo else >a
remember_tree
expect_exit 1 git session resume one
expect_err "the session stays paused: 1 path is in the way of what it has shelved"
expect_err "changed in the meantime, and not committed"
expect_exit 1 git session resume one --merge --json
expect_json '.status == "refused" and [.in_the_way[].path] == ["a"] and .files == []'
expect_same_tree
git checkout -q a
expect_exit 0 git session resume one -n
expect_out 'Would resume "One" (main, paused just now)'
expect_out "1 file to come back: a"
git diff --exit-code -- a || fail "a dry run wrote"
expect_exit 0 git session resume one
expect_exit 0 git session pause --session one -n
expect_out 'Would pause "One"'
expect_exit 0 git session status --json
expect_json '.session == $id' --arg id "$one"
# Those that were open side by side may be again: two was begun after one was paused, one is older than two's pause.
expect_exit 0 git session resume two
expect_exit 1 git session resume two
expect_err "is not paused"
