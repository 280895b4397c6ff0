#!/usr/bin/env bash
# What others print and what a user notes reaches issues, records, the report and the screen with its secrets masked.
. "$E2E/lib.sh"
. "$E2E/close.sh"

token="ghp""_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17" # put together, so that this file holds none
key=$(printf -- '-----BEGIN %s PRIVATE KEY-----\n' RSA
  head -c 300 /dev/urandom | base64 -w 64)
body=$(printf '%s\n' "$key" | sed -n 2p)
issues() { cat .orchestrator/issues/*; }
expect_no_secret() {
  for secret in "$token" "$body"; do
    # But as it was, for an undo, in files that are nobody else's.
    ! grep -rqF --exclude-dir=files -- "$secret" "$OUT" "$ERR" .orchestrator .git/git-session || fail "a secret is in what the close wrote: $(grep -rlF --exclude-dir=files -- "$secret" "$OUT" "$ERR" .orchestrator .git/git-session)"
  done
}

begin --plan "$(plan '[[item]]
title = "One"
files = ["src/*"]
[[item]]
title = "Two"
files = ["other/*"]
verify = "cat ../secret; false"')"
git config session.vcs local
git config session.trust always
printf 'deploy with %s\n%s\n-----END\n' "$token" "$key" >../secret
mkdir -p src && echo x >src/a

# The output of a gate, in the issue about it, in findings, and live with -v.
git config session.test-command 'cat ../secret; exit 1'
expect_exit 1 git session close --json --decide gate=issue
expect_no_secret
grep -qF 'deploy with ghp_****' <(issues) || fail "the issue does not quote the gate: $(issues)"
expect_exit 1 git session close -v --decide gate=abort
expect_err 'deploy with ghp_****'
expect_no_secret

# A hook's.
git config session.test-command skip
printf '#!/bin/sh\ncat ../secret >&2\nexit 1\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
expect_exit 1 git session close --json
expect_json '[.phases[] | select(.id == "commit") | .detail] | join("") | contains("deploy with ghp_****")'
expect_no_secret
rm .git/hooks/pre-commit
git session close --abort >"$OUT" 2>"$ERR"

# What was learned, what `verify` printed, what a tool found: in the records, the carryover's issue and the report.
git session learn --type fragile-file --subject src/a --insight "deploy with $token" >/dev/null
expect_exit 0 git session close --json
expect_json '.status == "closed"'
expect_no_secret
expect_file_has .orchestrator/metrics/learnings.jsonl 'deploy with ghp_****'

# The user's own words are refused.
expect_exit 1 git session issue create --title "Deploy with $token"
expect_err "GitHub personal access token in the title: Deploy with ghp_****"
expect_exit 1 git session issue create --title Deploy --body "with $token"
expect_no_secret
