#!/usr/bin/env bash
# Two sessions in one tree: neither closes the other by accident, and no file is lost between them.
. "$E2E/lib.sh"
. "$E2E/close.sh"
session_repo
bare_remote
echo 1 >a.c
git add a.c
git commit -q -m "chore: a"
start_session
echo "a person's" >>a.c
git session start --state-dir .codex --scope a.c --scope b.c >/dev/null 2>&1 || fail "no second session"
echo "the agent's" >b.c

expect_exit 1 git session close --yes --json
expect_json '.status == "blocked" and (.phases[-1].summary | startswith("2 sessions are open here: main-"))'
expect_json '.hint | contains("--session main-")'
expect_no_file .git/git-session/close/journal.jsonl

# What was dirty before the agent's session began is not what its scope claims.
expect_exit 0 git session close --yes --json --state-dir .orchestrator
expect_equal "$(work_files)" a.c
expect_equal "$(git status --porcelain -- a.c)" ""
# One is left: there is nothing to choose.
expect_exit 0 git session close --yes --json
expect_equal "$(work_files)" b.c

# The running platform says which one is meant.
start_session --state-dir .orchestrator
git session start --state-dir .codex --scope b.c >/dev/null 2>&1 || fail "no second session"
echo 2 >>b.c
expect_exit 0 env SO_PLATFORM=codex git session close --yes --json
expect_equal "$(work_files)" b.c
