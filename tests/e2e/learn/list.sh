#!/usr/bin/env bash
# What is noted can be seen until the close takes it up.
. "$E2E/lib.sh"
. "$E2E/close.sh"

for home in private tracked; do
  cd "$CASE"
  session_repo "$home"
  git config session.records "$home"
  expect_exit 1 git session learn --list
  expect_err "no session is open"
  start_session --scope a
  expect_exit 0 git session learn --list
  expect_empty_out
  expect_err "nothing is noted"
  git session learn -q --type pattern --subject one --insight "an insight" --evidence "seen twice"
  # The same note again, as after a kill, is no second one.
  for _ in 1 2; do git session learn -q --type pattern --subject two --insight "another"; done
  expect_exit 0 git session learn --list
  expect_out "pattern 'one': an insight"
  expect_out "  seen twice"
  expect_out "pattern 'two': another"
  expect_exit 0 git session learn --list --json
  expect_json '.schema == "git-session/learn-list/1" and ([.learnings[].subject] == ["one", "two"]) and .learnings[0].contradicts == false'
  expect_exit 129 git session learn --list --type pattern
  expect_exit 129 git session learn
  expect_err "'--type' is required"
  echo 1 >a
  expect_exit 0 git session close --yes -q --no-push
  expect_exit 1 git session learn --list
  start_session --scope a
  expect_exit 0 git session learn --list --json
  expect_json '.learnings == []'
done
