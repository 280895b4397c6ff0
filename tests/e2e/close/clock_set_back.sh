#!/usr/bin/env bash
# A session that began "later" than it ends, by a clock that was set back, has no negative duration anywhere.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
sed -i 's/^started_at: .*/started_at: 2099-03-01T10:00:00+05:30/' .orchestrator/STATE.md
mkdir src
echo 1 >src/a.c
expect_exit 0 git session status
expect_out_matches "^$(git symbolic-ref --short HEAD)-[-0-9]+     main$"
expect_exit 0 git session close --json
expect_json '.report | .duration_ms == 0 and .started_at == .completed_at'
expect_json '[.phases[].duration_ms] | all(. >= 0)'
expect_equal "$(jq -r .duration_seconds .orchestrator/metrics/sessions.jsonl)" 0
expect_exit 0 bash -c "! git session status | grep -- ' -[0-9]'"
