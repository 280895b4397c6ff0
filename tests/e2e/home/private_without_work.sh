#!/usr/bin/env bash
# A private session without work makes no commit and no push; its record is kept.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
bare_remote
git session init --local >/dev/null 2>&1
start_session
before=$(git rev-parse HEAD)
expect_exit 0 git session close --yes --json
expect_json '.status == "closed" and .commits == [] and (.pushed | not)'
expect_equal "$(git rev-parse HEAD)" "$before"
expect_equal "$(git ls-remote origin main | cut -f1)" "$before"
expect_equal "$(git status --porcelain)" ""
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 1
