#!/usr/bin/env bash
# Killed at any moment, start leaves either no session or a whole one, and the next start works.
. "$E2E/lib.sh"

session_repo
for i in $(seq 200); do echo dirty >"dirty$i"; done
printf 'title = "x"\n[[item]]\ntitle = "y"\nfiles = ["a"]\n' >"$CASE/plan.toml"
state=.orchestrator
whole() {
  expect_exit 0 git session status --json
  expect_json '.session != null and (.items | length == 1) and [.changes[] | select(.owner == "foreign")] != []'
  expect_json '[.snapshots[].label] == ["baseline"]'
  expect_file_has $state/wave-scope.json '"src/"'
}
# Not through git, since only git would be killed.
start=("$PROGRAM/git-session" start -q --plan "$CASE/plan.toml" --scope src/)
forget() {
  rm -f $state/STATE.md $state/session-plan.toml $state/wave-scope.json
  git for-each-ref --format='delete %(refname)' refs/so-snapshots | git update-ref --stdin
}
begin=$(date +%s%N)
"${start[@]}"
took=$((($(date +%s%N) - begin) / 1000000))
whole
forget
for step in $(seq 24); do
  milliseconds=$((took * step / 20 + 1))
  { timeout -s KILL "$((milliseconds / 1000)).$(printf %03d $((milliseconds % 1000)))" "${start[@]}" || true; } >/dev/null 2>&1
  sleep 0.02 # a child of it may outlive it by a moment
  if [ -e $state/STATE.md ]; then
    whole
  else
    expect_exit 0 git session status --json
    expect_json '.session == null'
  fi
  forget
done
"${start[@]}"
whole
