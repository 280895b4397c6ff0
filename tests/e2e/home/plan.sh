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
expect_err "'git session plan edit' opens it again"
draft=$(echo .git/git-session/sessions/*/plan-draft.toml)
expect_file "$draft"
GIT_EDITOR=false expect_exit 128 git session plan edit
expect_file "$draft"
GIT_EDITOR='sed -i s/titel/title/' expect_exit 0 git session plan edit
expect_err "this is your draft"
expect_no_file "$draft"
expect_exit 0 git session plan
expect_out 'title = "Two"'
GIT_EDITOR=false expect_exit 128 git session plan edit
expect_exit 0 git session plan
expect_out 'title = "Two"'

# On a terminal a mistake can be corrected at once, and "no" keeps the draft for later.
if script --version >/dev/null 2>&1; then
  cat >"$CASE/toggle" <<'EDITOR'
#!/bin/sh
if grep -q ^titel "$1"; then sed -i s/titel/title/ "$1"; else sed -i -e s/title/titel/ -e s/Two/Three/ "$1"; fi
EDITOR
  chmod +x "$CASE/toggle"
  answered "GIT_EDITOR=$CASE/toggle git session plan edit" <<<n && fail "a mistake was taken"
  expect_out "error: "
  expect_out "Edit it again?"
  expect_file "$draft"
  rm "$draft"
  answered "GIT_EDITOR=$CASE/toggle git session plan edit" <<<y || fail "the corrected plan was not taken"
  expect_no_file "$draft"
  expect_exit 0 git session plan
  expect_out 'title = "Three"'
fi

# A title stays as it is written, in the session's file, on the screens and in commits; that of a later plan counts. A plan of a
# title alone plans nothing: what changes is the session's, and the title is the commit's subject.
git session abandon -q
start_session --title 'Say "memory": it is #1'
expect_equal "$(cat "$ERR")" ""
expect_exit 0 git session status --json
expect_json '.title == "Say \"memory\": it is #1"'
expect_exit 0 git session plan set "$(plan '')"
sed -i 's/A plan/Explain: "why"/' "$CASE/plan.toml"
sed -i "s/title = .*/title = 'Explain: \"why\"'/" "$CASE/plan.toml"
expect_exit 0 git session plan set "$CASE/plan.toml"
echo 1 >file.txt
expect_exit 0 git session status
expect_out 'Explain: "why"'
expect_out_matches '^Yours +\? file.txt$'
expect_exit 0 git session close --yes --no-push
expect_no_out "emergent"
expect_equal "$(git log -1 --format=%s)" 'feat: explain: "why"'
