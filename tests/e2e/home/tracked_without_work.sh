#!/usr/bin/env bash
# A tracked session without work makes no commit and no push and leaves nothing dirty; the next close that commits takes
# its record and what it would have filed along.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
bare_remote
before=$(git rev-parse HEAD)
start_session --plan "$(plan '[[item]]
title = "Retry uploads"
files = ["src/upload.c"]')"
expect_exit 0 git session close --yes --json
expect_json '.status == "closed" and .commits == [] and (.pushed | not)'
expect_json '.issues | map(.outcome) == ["queued"]'
expect_equal "$(git status --porcelain)" ""
expect_equal "$(git rev-parse HEAD)" "$before"
expect_equal "$(git ls-remote origin main | cut -f1)" "$before"
expect_equal "$(wc -l <.git/git-session/waiting-records.jsonl)" 1
expect_equal "$(status_of .git/git-session/closed/*/STATE.md)" completed
expect_exit 0 git session issue list
expect_out "no open issues"

# A dry run changes nothing.
start_session
cp .orchestrator/STATE.md "$CASE/state"
expect_exit 0 git session close --yes --dry-run
expect_equal "$(cat .orchestrator/STATE.md)" "$(cat "$CASE/state")" "a dry run has changed STATE.md"

mkdir src
echo 1 >src/other.c
expect_exit 0 git session close --yes --json --decide unclaimed=include
expect_json '(.commits | length) == 1'
expect_equal "$(git rev-parse HEAD)" "$(git rev-parse origin/main)"
expect_equal "$(git status --porcelain)" ""
expect_equal "$(committed_files | sed 's/[0-9]*-carry.*/ISSUE/' | tr '\n' ' ')" \
  ".orchestrator/STATE.md .orchestrator/issues/ISSUE .orchestrator/metrics/sessions.jsonl src/other.c "
expect_equal "$(sessions_lines)" 2
[ ! -e .git/git-session/waiting-records.jsonl ] || fail "the records still wait"
[ ! -e .git/git-session/queued-issues.jsonl ] || fail "the issue is still queued"
expect_exit 0 git session issue list
expect_out "Retry uploads"

# With a STATE.md in HEAD, that one is given back.
committed=$(git show HEAD:.orchestrator/STATE.md)
start_session
expect_exit 0 git session close --yes
expect_equal "$(git status --porcelain)" ""
expect_equal "$(cat .orchestrator/STATE.md)" "$committed"

# What was noted by hand is work.
start_session
expect_exit 0 git session learn --type workflow-pattern --subject retries --insight "Retry with a limit"
expect_exit 0 git session close --yes --json
expect_json '(.commits | length) == 1'
expect_equal "$(git log -1 --format=%s)" "chore(session): close $(jq -r .session "$OUT")"
expect_equal "$(sessions_lines)" 4
expect_equal "$(git status --porcelain)" ""
