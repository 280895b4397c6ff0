#!/usr/bin/env bash
# A tracker's program that answers with something other than JSON, or with megabytes of it, for any command: the task is
# queued with its words, and done once when the answers are right again.
. "$E2E/lib.sh"
. "$E2E/close.sh"

queue=.git/git-session/queued-issues.jsonl
expect_queued() { # TITLE
  start_session --plan "$(plan "[[item]]
title = \"$1\"
issue = 9
files = [\"later/**\"]")"
  expect_exit 0 git session close --json
  expect_outcome issues warn
  expect_json '.status == "closed" and (.issues | all(.outcome == "queued"))'
  jq -r .title $queue | grep -qxF "[Carryover] $1" || fail "not queued: $(cat $queue)"
}
for program in gh glab; do
  vcs=$([ $program = gh ] && echo github || echo gitlab)
  fake_tracker $program
  fake_issue $program 9 "Left over" "status:in-progress"
  session_repo "$vcs"
  bare_remote "$vcs-origin"
  git config session.remote "$vcs-origin"
  git config session.vcs "$vcs"
  fake=$CASE/$program
  for command in list view create; do
    echo "<html>Sign in to the wireless network" >"$fake/answer.$command"
    expect_queued "After $command"
    expect_json '.issues[0].detail | contains($words)' \
      --arg words "$([ $command = create ] && echo "printed no issue's address" || echo "its answer is not JSON: <html>Sign in")"
    rm "$fake/answer.$command"
    [ $command = create ] || rm "$queue" # else it would be asked about first
  done
  head -c 70000000 /dev/zero | tr '\0' '[' >"$fake/answer.list"
  expect_queued "After megabytes"
  expect_json '[.issues[].detail] | any(contains("its answer is too long"))'
  rm "$fake/answer.list"
  start_session
  echo work >work
  expect_exit 0 git session close --json --decide unclaimed=include
  expect_outcome issues ok
  expect_no_file $queue
  # An issue that was created in spite of the bad answer is found by its marker.
  expect_equal "$(jq -r .title "$fake"/issues/1?*.json | LC_ALL=C sort | paste -sd,)" \
    "[Carryover] After create,[Carryover] After megabytes"
  cd "$CASE"
done
