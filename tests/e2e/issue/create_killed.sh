#!/usr/bin/env bash
# Killed at any moment, issue create leaves no temporary file in the work tree, and a whole issue or none.
. "$E2E/lib.sh"

new_repo
body=$(head -c 100000 /dev/zero | tr '\0' x)
for step in $(seq 40); do
  { timeout -s KILL "0.0$(printf %02d "$step")" "$PROGRAM/git-session" issue create -q --title "Issue $step" --body "$body" || true; } >/dev/null 2>&1
  find . -path ./.git -prune -o -name '.git-session-*' -print >"$OUT"
  expect_empty_out
done
expect_exit 0 git session issue list --json
expect_json '[.issues[] | .title] | length == (unique | length)'
expect_no_err "warning"
: >"$OUT"
[ ! -d .git/git-session/temp ] || find .git/git-session/temp -type f >"$OUT" # on a slow machine none gets that far
expect_empty_out
