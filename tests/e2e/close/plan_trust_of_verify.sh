#!/usr/bin/env bash
# A committed plan brings commands too: its verify does not run before the clone trusts it.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --plan "$(plan "[[item]]
title = \"Work\"
files = [\"src/**\"]
verify = \"date >>'$CASE/ran'\"")"
git add -f .orchestrator/session-plan.toml
git commit -q -m "chore: the plan" -- .orchestrator/session-plan.toml
mkdir src
echo a >src/a.c
expect_exit 2 git session close --json
expect_json '.status == "needs-decision" and [.decisions[].id] == ["trust"]'
expect_no_file "$CASE/ran"
expect_exit 1 git session close --continue --decide trust=abort --json
expect_json '.status == "aborted" and .commits == []'
expect_no_file "$CASE/ran"
expect_exit 0 git session close --decide trust=trust --json
expect_file "$CASE/ran"
expect_json '.status == "closed"'
