#!/usr/bin/env bash
# A bad value is fatal and names file, line, key, the value, and what is allowed; --json says the same.
. "$E2E/lib.sh"

new_repo
bad() { # bad FILE:LINE KEY VALUE ALLOWED
  expect_exit 128 git session config --list
  expect_empty_out
  for text in "fatal: " "$@"; do expect_err "$text"; done
  expect_exit 128 git session config --list --json
  expect_json '.error.code == 128 and (.error.message | contains($place)) and (.error | has("hint"))' --arg place "$1"
}

printf '# a comment\npersistence = true\nenforcement = "sometimes"\n' >.git-session.toml
bad .git-session.toml:3 enforcement sometimes strict
printf 'learning-decay-rate = 1.5\n' >.git-session.toml
bad .git-session.toml:1 learning-decay-rate 1.5
printf 'discovery-confidence-threshold = 101\n' >.git-session.toml
bad .git-session.toml:1 discovery-confidence-threshold 101
printf 'learning-expiry-days = "many"\n' >.git-session.toml
bad .git-session.toml:1 learning-expiry-days many "whole number"
printf 'snapshot-expire = "14.dayz"\n' >.git-session.toml
bad .git-session.toml:1 snapshot-expire 14.dayz
printf 'persistence = true\nenforcement = = "warn"\n' >.git-session.toml
bad .git-session.toml:2
rm .git-session.toml

printf '## Session Config\n\npersistence: perhaps\n' >CLAUDE.md
bad CLAUDE.md:3 persistence perhaps true
rm CLAUDE.md

git config session.vcs subversion
bad "git config (local)" vcs subversion github
git config --unset session.vcs

# A bad mode inside a block is not fatal.
printf '[vault-sync]\nmode = "loud"\n' >.git-session.toml
expect_exit 0 git session config vault-sync.mode
expect_equal "$(cat "$OUT")" "warn"
expect_err_matches '^warning: .*loud'
