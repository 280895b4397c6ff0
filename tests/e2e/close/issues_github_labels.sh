#!/usr/bin/env bash
# Labels that the repository does not have are created; if that is not allowed, the issue is filed without them, and
# that is reported.
. "$E2E/lib.sh"
. "$E2E/close.sh"

fake_tracker gh
touch "$CASE/gh/strict-labels"
echo "status:ready" >"$CASE/gh/labels"
begin --plan "$(plan '[[item]]
title = "Left over"
priority = "low"
files = ["later/**"]')"
git config session.vcs github
expect_exit 0 git session close --json
expect_outcome issues ok
expect_equal "$(jq -c '[.labels[].name]' "$CASE/gh/issues/101.json")" '["priority:low","status:ready"]'
expect_file_has "$CASE/gh/labels" "priority:low"

touch "$CASE/gh/no-label-create"
start_session --plan "$(plan '[[item]]
title = "Another"
priority = "critical"
files = ["later/**"]')"
expect_exit 0 git session close --json
expect_outcome issues warn
expect_json '.issues[0].outcome == "done" and (.issues[0].detail | contains("without labels priority:critical, status:ready"))'
expect_equal "$(jq -c .labels "$CASE/gh/issues/102.json")" "[]"
