#!/usr/bin/env bash
# A merge in progress, another running close and an unfinished one each stop a close, and say what to do.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
head=$(git rev-parse HEAD)
mkdir src
echo a >src/a.c
expect_exit 1 git session close --continue # there is none
expect_err "no unfinished close"
expect_exit 1 git session close --abort
expect_err "no unfinished close"

lock=$(git rev-parse --git-path git-session/close/lock)
mkdir -p "$(dirname "$lock")"
git config session.test-command "touch '$CASE/waiting'; while [ ! -e '$CASE/go-on' ]; do sleep 0.1; done"
git session close --decide gate=abort >"$CASE/first" 2>&1 &
first=$!
for _ in $(seq 100); do [ ! -e "$CASE/waiting" ] || break; sleep 0.1; done
for option in "" --continue; do
  # shellcheck disable=SC2086
  expect_exit 1 git session close --json $option
  expect_json '.status == "blocked" and ([.phases[] | select(.outcome == "block") | .summary] | .[0] | test("another close is running.*pid [0-9]+, since 2"))'
done
expect_exit 1 git session close --abort
expect_err_matches "another close is running.*pid [0-9]+"
touch "$CASE/go-on"
wait $first || fail "the first close: $(cat "$CASE/first")"
expect_equal "$(git rev-list --count "$head..HEAD")" 1

git checkout -q -b side "$head"
commit_file conflict.txt side
git checkout -q main
commit_file conflict.txt main
start_session --scope "src/"
echo b >>src/a.c
git merge -q side >/dev/null 2>&1 && fail "there is no conflict"
git config session.test-command true
expect_exit 1 git session close --json --decide gate=abort
expect_json '[.phases[] | select(.id == "session") | .summary] | .[0] | contains("merge is in progress") and contains("conflict.txt")'
