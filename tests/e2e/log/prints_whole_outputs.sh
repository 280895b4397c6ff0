#!/usr/bin/env bash
# A close shows the last lines of a gate that failed; log --gate has them all, without secrets and controls.
. "$E2E/lib.sh"
. "$E2E/close.sh"

git init -q .
echo a >a
git add a
git commit -q -m "chore: begin"
git session init >/dev/null 2>&1
git config session.test-command 'for i in $(seq 300); do printf "\033[31mline %s\033[0m\n" $i; done; echo token=ghp_aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5; test -e ready'
git add -A
git commit -q -m "chore: set up"

expect_exit 1 git session log --gate test
expect_err "no output of 'test' is kept"
git session start -q --title "Many lines" >/dev/null 2>&1
echo more >>a
expect_exit 2 git session close --no-push
expect_out "    full log: git session log --gate test"
expect_no_out "line 100"
expect_no_err "line 300"
expect_exit 0 git session log --gate test
expect_equal "$(grep -c '^line [0-9]*$' "$OUT")" 300
expect_no_out "aB3dE5fG7hI9jK1lM3nO5p"

# Where all of it is on the screen, nothing more is said; a dry run keeps none.
git config session.test-command 'echo short; false'
expect_exit 0 git session close --dry-run
expect_no_out "full log"
expect_exit 0 git session log --gate test
expect_out "line 100"
git config session.test-command 'for i in $(seq 300); do echo "line $i"; done; test -e ready'

# It stays when the session is over, until gc finds it expired.
touch ready
git session close --continue --yes >/dev/null 2>&1
expect_exit 0 git session log --gate test
expect_out "line 100"
session=$(git session log --json | jq -r '.sessions[0].session')
expect_exit 0 git session log --gate test --session "$session"
expect_exit 1 git session log --gate lint
touch -d "40 days ago" .git/git-session/output/*
git session gc -q
expect_exit 1 git session log --gate test
