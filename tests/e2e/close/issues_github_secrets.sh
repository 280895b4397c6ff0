#!/usr/bin/env bash
# What goes to a tracker on a host, at once or from the queue, holds no secret.
. "$E2E/lib.sh"
. "$E2E/close.sh"

token="ghp""_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17" # put together, so that this file holds none
fake_tracker gh
session_repo
bare_remote
git config remote.origin.pushurl "$CASE/origin.git"
git remote set-url origin git@github.com:owner/name.git
git config session.vcs github
git config session.test-command "echo 'cannot log in with $token'; exit 1"
start_session --scope src/
mkdir src && echo a >src/a.c
expect_exit 1 git session close --json --decide gate=issue
expect_json '.issues | length == 1'
fake_calls gh | grep -qF 'cannot log in with ghp_****' || fail "the issue does not quote the gate: $(fake_calls gh)"
for place in "$OUT" "$ERR" "$CASE/gh" .git/git-session .orchestrator; do
  ! grep -rqF -- "$token" "$place" || fail "the secret is in $place"
done
