#!/usr/bin/env bash
# Ignored records are written but not committed.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
printf '.orchestrator/STATE.md\n.orchestrator/metrics/\n.orchestrator/issues/\n' >.gitignore
git add .gitignore
git commit -q -m "chore: ignore records"
start_session
head=$(git rev-parse HEAD)
expect_exit 0 git session close --json
expect_json '.status == "closed" and .commits == []'
expect_outcome commit skip
expect_equal "$(git rev-parse HEAD)" "$head"
expect_equal "$(status_of)" completed
expect_equal "$(sessions_lines)" 1
start_session
echo a >a.txt
expect_exit 0 git session close --json
expect_equal "$(subjects "$head" | wc -l)" 1
expect_equal "$(committed_files)" a.txt
