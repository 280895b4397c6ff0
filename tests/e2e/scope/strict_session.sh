#!/usr/bin/env bash
# What a strict session's scope denies is allowed by a person, or by the digits that the refusal shows; never by chance.
. "$E2E/lib.sh"

new_repo
git session init --local >/dev/null 2>&1
git config session.enforcement strict
expect_exit 0 git session start --title "Strict" --scope 'src/**' --scope 'docs/**'
patterns() { git session scope show --json | jq -c '.allowed_paths'; }
digits() { sed -n 's/.*--decide scope=\([0-9a-f]*\).*/\1/p' "$ERR"; }

# Without a terminal nothing is loosened.
for change in "set lib/" "set --add lib/" "set --enforcement warn" "set --enforcement off" clear; do
  # shellcheck disable=SC2086
  expect_exit 1 git session scope $change
  expect_err "this loosens the scope of a strict session"
  expect_equal "$(digits | tr -d '\n' | wc -c)" 12 "digits of '$change'"
done
expect_equal "$(patterns)" '["src/**","docs/**"]'

# The digits of another change do not do.
expect_exit 1 git session scope set --add lib/
expect_err "+ allowed lib/"
lib=$(digits)
expect_exit 1 git session scope set --add other/ --decide "scope=$lib"
expect_exit 1 git session scope clear --decide "scope=$lib"
expect_exit 129 git session scope set --add lib/ --decide "trust=$lib"
expect_equal "$(patterns)" '["src/**","docs/**"]'
expect_exit 0 git session scope set --add lib/ --decide "scope=$lib"
expect_equal "$(patterns)" '["src/**","docs/**","lib/"]'

# What only denies more, or says whose it is, needs nobody.
expect_exit 0 git session scope set --wave 2 --role api
expect_exit 0 git session scope set --add --blocked-command 'rm -rf'
expect_exit 0 git session scope set 'src/**'
expect_equal "$(patterns)" '["src/**"]'
expect_exit 1 git session scope set --blocked-command 'git push'
expect_err "- blocked rm -rf"

expect_exit 1 git session scope clear
expect_exit 0 git session scope clear --decide "scope=$(digits)"
expect_exit 0 git session scope clear
# No scope allows every path; one that is not strict is no limit.
expect_exit 1 git session scope set src/ --enforcement off
expect_exit 0 git session scope set src/
git session close --yes --no-push >/dev/null 2>&1

git config session.enforcement warn
expect_exit 0 git session start --title "Warned" --scope 'src/**'
expect_exit 0 git session scope set lib/
expect_exit 0 git session scope clear

# In the tracked home the file counts as other tools write it.
cd "$CASE"
session_repo tracked
git config session.enforcement strict
expect_exit 0 git session start --title "Tracked" --scope 'src/**'
expect_exit 0 git session scope set lib/
expect_exit 0 git session scope clear
