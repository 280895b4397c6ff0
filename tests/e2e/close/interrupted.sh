#!/usr/bin/env bash
# Ctrl-C ends the gate with all that it started and leaves a journal from which --continue resumes.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
mkdir src
echo a >src/a.c
git config session.test-command "[ -e '$CASE/go-on' ] || { sleep 4712 & echo \$! >'$CASE/child'; wait; }"
set -m # a process group of its own, as a terminal gives it
git session close --json >"$OUT" 2>"$ERR" &
close=$!
set +m
for _ in $(seq 100); do [ ! -s "$CASE/child" ] || break; sleep 0.1; done
kill -INT -- "-$close"
code=0
wait $close || code=$?
[ $code -ne 0 ] || fail "it succeeded"
running() { [ -e "/proc/$1/stat" ] && ! grep -q ') Z ' "/proc/$1/stat"; }
for _ in $(seq 50); do running "$(cat "$CASE/child")" || break; sleep 0.1; done
! running "$(cat "$CASE/child")" || fail "the gate's child is still running"
expect_file "$(journal)"
expect_equal "$(status_of)" active
touch "$CASE/go-on"
expect_exit 0 git session close --continue --json
expect_json '.status == "closed"'
expect_equal "$(sessions_lines)" 1
