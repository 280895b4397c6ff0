#!/usr/bin/env bash
# Setting validates first and writes the repository's git config; --unset removes it; a tracked file is never written.
. "$E2E/lib.sh"

new_repo
expect_exit 0 git session config enforcement strict
expect_equal "$(git config --local session.enforcement)" "strict"
expect_out "set in this clone (git config session.enforcement)"
expect_err "for the whole team: write it into '.git-session.toml' and commit that"
echo 'enforcement = "off"' >.git-session.toml
expect_exit 0 git session config enforcement strict
expect_err ".git-session.toml:1 sets it for the whole team"
# What is set comes first; keys of other tools are listed on demand, in JSON always.
expect_exit 0 git session config
expect_equal "$(sed -n 1,2p "$OUT" | tr -s ' ')" $'# set\nenforcement = strict'
expect_no_out "agents-per-wave"
expect_exit 0 git session config --all
expect_out "agents-per-wave"
expect_exit 0 git session config --json
expect_json '."agents-per-wave" == 6'
rm .git-session.toml
expect_exit 0 git session config enforcement
expect_equal "$(cat "$OUT")" "strict"
expect_exit 0 git session config --unset enforcement
expect_exit 1 git config session.enforcement
expect_exit 0 git session config enforcement
expect_equal "$(cat "$OUT")" "warn"

expect_exit 0 git session config vault-sync.mode strict
expect_equal "$(git config --local session.vault-sync.mode)" "strict"
expect_exit 0 git session config test-command "make check && echo 'done; really'"
expect_exit 0 git session config test-command --json
expect_json '.schema == "git-session/config/1" and ."test-command" == "make check && echo '"'done; really'"'"'

expect_exit 129 git session config enforcement sometimes
expect_err "strict"
expect_exit 129 git session config enforcment strict
expect_err "enforcement"
expect_exit 129 git session config --unset enforcment
expect_exit 129 git session config no-such-key
expect_equal "$(git config --local --get-regexp '^session\.' | wc -l)" 2
expect_equal "$(git status --porcelain)" ""

mkdir deep
cd deep
expect_exit 0 git session config persistence false
expect_equal "$(git config --local session.persistence)" "false"
