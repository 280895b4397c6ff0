#!/usr/bin/env bash
# What learn notes at any moment of a close is in that close's learnings; else learn refuses.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
bare_remote
start_session --scope "src/"
commit_file src/a.txt
for i in $(seq 12); do
  git session learn --type noted-type --subject "before $i" --insight "i" >/dev/null 2>"$CASE/before$i" || echo failed >>"$CASE/before$i" &
done
wait
expect_equal "$(cat "$CASE"/before*)" ""
expect_equal "$(wc -l <.git/git-session/learned/*.jsonl)" 12

note() { # note WORKER: until the close is over
  local number=0
  while [ ! -e "$CASE/over" ]; do
    number=$((number + 1))
    if git session learn -q --type noted-type --subject "w$1-$number" --insight "i" 2>>"$CASE/refused"; then
      echo "w$1-$number" >>"$CASE/noted$1"
    else
      break
    fi
  done
}
for worker in 1 2 3; do note $worker & done
while [ ! -e "$CASE/noted1" ]; do sleep 0.01; done
code=0
git session close --json >"$OUT" 2>"$ERR" || code=$?
touch "$CASE/over"
wait
expect_equal "$code" 0 "$(cat "$ERR")"
grep -vE "the session is being closed|no session is open|^hint: |^  " "$CASE/refused" >"$ERR" || true
expect_equal "$(cat "$ERR")" ""
for subject in $(seq -f 'before_%g' 12) $(cat "$CASE"/noted*); do
  expect_file_has .orchestrator/metrics/learnings.jsonl "\"subject\":\"${subject/_/ }\""
done
expect_equal "$(ls .git/git-session/learned)" ""
