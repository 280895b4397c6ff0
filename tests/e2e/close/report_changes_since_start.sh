#!/usr/bin/env bash
# In the tracked home, the report says which of scope, status and start commit are no longer those of the start.
. "$E2E/lib.sh"
. "$E2E/close.sh"

report() { git session close --yes --no-push --json | jq -r '.report.warnings[]' >"$CASE/warnings"; }

session_repo
git config session.enforcement strict
start_session --scope 'src/**'
mkdir src && echo 1 >src/a
report
expect_equal "$(cat "$CASE/warnings")" ""

start_session --scope 'src/**'
begun=$(git rev-parse --short=10 HEAD)
earlier=$(git rev-parse HEAD~1)
state=.orchestrator/STATE.md
sed -i "s/^status: active/status: paused/; s/^session-start-ref: .*/session-start-ref: $earlier/" "$state"
git session scope set lib/ -q
git session resume -q
echo 2 >src/a
report
expect_file_has "$CASE/warnings" "$state: the status changed during the session: active -> paused"
expect_file_has "$CASE/warnings" "$state: the start commit changed during the session: $begun -> ${earlier:0:10}"
expect_file_has "$CASE/warnings" "wave-scope.json: the scope changed during the session"

# A scope that came during the session, and one that is gone.
start_session
git session scope set src/ -q
echo 3 >src/a
report
expect_file_has "$CASE/warnings" "the scope changed during the session"
start_session --scope 'src/**'
git session scope clear -q
echo 4 >src/a
report
expect_file_has "$CASE/warnings" "the scope changed during the session"
