#!/usr/bin/env bash
# learn says what is wrong, and notes nothing where no session would take it up.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
expect_exit 1 git session learn --type a --subject b --insight c
expect_err "no session is open"
bare_remote
start_session --scope "src/"
expect_exit 129 git session learn --subject b --insight c
expect_exit 129 git session learn --type "No Type" --subject b --insight c
expect_err "--type 'No Type'"
expect_exit 129 git session learn --type a --subject " " --insight c
expect_exit 129 git session learn --type a --subject b
expect_err "--insight"
expect_exit 1 git session learn --type a --subject b --contradicts --json
expect_json '.error.code == 1'
expect_no_file "$(git rev-parse --git-path git-session/learned)"

# While a close waits for a decision, learn still works; once it writes, not any more.
echo x >stray.txt
expect_exit 2 git session close --json
expect_exit 0 git session learn --type a --subject "noted while it waits" --insight c
printf '#!/bin/sh\n! git diff --cached --name-only | grep -q learnings.jsonl\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
expect_exit 1 git session close --continue --json --decide unclaimed=include
expect_outcome records block
expect_exit 1 git session learn --type a --subject late --insight c
expect_err "the session is being closed"
expect_file_has .orchestrator/metrics/learnings.jsonl "noted while it waits"

# After an abort, the note is there again.
expect_exit 0 git session close --abort --json
expect_no_file .orchestrator/metrics/learnings.jsonl
rm .git/hooks/pre-commit
expect_exit 0 git session close --json --decide unclaimed=leave
expect_file_has .orchestrator/metrics/learnings.jsonl "noted while it waits"
