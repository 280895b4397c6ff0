#!/usr/bin/env bash
# Commands without a verb show what there is, words work where git has words, and a word in the place of an option is
# answered with the right form.
. "$E2E/lib.sh"

git init -q repo
cd repo
# answers HINT COMMAND…: a usage error with that hint.
answers() {
  local hint=$1
  shift
  expect_exit 129 git session "$@"
  expect_err "hint: $hint"
}
answers "did you mean: git session start --plan plan.toml" start plan.toml
answers "did you mean: git session start --title words" start words
answers "did you mean: git session snapshot --label foo" snapshot foo
answers "did you mean 'list'?" snapshot lsit
answers "did you mean: git session close -m 'a message'" close "a message"
answers "did you mean: git session pause -m 'a message'" pause "a message"
answers "did you mean: git session plan set plan.toml" plan plan.toml
answers "did you mean: git session show main" log main

expect_exit 0 git session
expect_equal "$(cat "$OUT")" $'Not set up yet.\n\nNext: git session init'
expect_exit 1 git session start --title x
expect_err "error: not set up yet"
expect_no_err "CLAUDE.md"
git session init -q

expect_exit 0 git session config set test-command "make check"
expect_exit 0 git session config get test-command
expect_equal "$(cat "$OUT")" "make check"
expect_equal "$(git config session.test-command)" "make check"
expect_exit 0 git session config unset test-command
expect_exit 1 git config session.test-command
git session config --list >"$CASE/all"
expect_exit 0 git session config list
expect_equal "$(cat "$OUT")" "$(cat "$CASE/all")"
answers "'git session config list' shows all of them" config get
expect_exit 129 git session config set test-command
expect_err "'config set' needs a value"
expect_exit 129 git session config get test-command "make check"
expect_err "'config get' takes a key and no value"

for command in issue scope hooks config; do expect_exit 0 git session "$command"; done
mkdir "$CASE/no-man"
MANPATH="$CASE/no-man" expect_exit 0 git session help snapshot
expect_out "usage: git session snapshot [options] [COMMAND]"
expect_exit 129 git session help nothing
MANPATH="$CASE/no-man" expect_exit 0 git session help snapshot restore
expect_out "usage: git session snapshot restore [options]"

# The commands come in groups; what only hooks call is not among them.
COLUMNS=60 expect_exit 0 git session -h
for group in "Set up:" Work: Close: "Look back:" "For example:"; do expect_out "$group"; done
expect_no_out "Called by installed hooks"
[ "$(wc -L <"$OUT")" -le 60 ] || fail "wider than 60 columns"
expect_exit 0 git session init -h
expect_no_out "For example"

# A command's own options come first, and fit the terminal.
COLUMNS=60 expect_exit 0 git session close -h
[ "$(grep -n -- '--isolated' "$OUT" | cut -d: -f1)" -lt "$(grep -n -- '--json' "$OUT" | cut -d: -f1)" ] ||
  fail "--json comes before --isolated"
[ "$(wc -L <"$OUT")" -le 60 ] || fail "wider than 60 columns"
