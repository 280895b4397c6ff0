#!/usr/bin/env bash
# The plan of a private session is reached by a command.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --local >/dev/null 2>&1
expect_exit 1 git session plan
expect_err "no session is open"
start_session --title x
expect_exit 1 git session plan
expect_exit 0 git session plan set "$(plan '[[item]]
title = "One"
files = ["src/**"]')"
expect_exit 0 git session plan
expect_out 'title = "One"'
expect_exit 0 git session plan --json
expect_json '.plan.items[0].title == "One" and .plan.items[0].files == ["src/**"]'

printf 'title = \n' >"$CASE/broken.toml"
expect_exit 128 git session plan set "$CASE/broken.toml"
expect_err "broken.toml:1"
expect_exit 0 git session plan
expect_out 'title = "One"'

export GIT_EDITOR='sed -i s/One/Two/'
expect_exit 0 git session plan edit
expect_exit 0 git session plan
expect_out 'title = "Two"'
GIT_EDITOR='sed -i s/title/titel/' expect_exit 128 git session plan edit
expect_err "plan-draft.toml"
expect_file .git/git-session/plan-draft.toml
expect_exit 0 git session plan
expect_out 'title = "Two"'
GIT_EDITOR=false expect_exit 128 git session plan edit
expect_exit 0 git session plan
expect_out 'title = "Two"'
