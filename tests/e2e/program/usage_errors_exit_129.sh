#!/usr/bin/env bash
# A wrong command line exits 129, says what was wrong on stderr, and changes nothing.
. "$E2E/lib.sh"

session_repo
echo dirty >README.md
remember_tree
refs=$(git for-each-ref)

while IFS= read -r arguments; do
  eval "expect_exit 129 git session $arguments"
  [ -s "$ERR" ] || fail "no message: $arguments"
  expect_empty_out
done <<'LINES'
no-such-command
--no-such-option
status --no-such-option
status surplus
init surplus
start --type no-such-type
start --issue twelve
start --plan
snapshot create --wave minus-one
snapshot create --wave -1
snapshot create --wave
snapshot no-such-verb
snapshot drop
gc --older-than
gc --older-than 7
gc --older-than 0
gc --older-than 14.dayz
gc surplus
config --unset
config persistence true surplus
config --show-origin --unset persistence
close --decide
close --decide gate
close --decide no-such-decision=yes
close --decide gate=no-such-choice
close --continue --abort
close surplus
LINES

expect_exit 129 git session close --decide gate=override
for choice in retry issue abort; do expect_err "$choice"; done
expect_exit 129 git session close --decide gates=retry
for id in gate mixed unclaimed contested trust; do expect_err "$id"; done
expect_exit 129 git session gc --older-than 14.dayz --json
expect_json '.error.code == 129 and (.error.message | contains("14.dayz"))'

# says MESSAGE HINT ARGUMENT…: nothing else on stderr.
says() {
  local message=$1 hint=$2
  shift 2
  expect_exit 129 git session "$@"
  expect_equal "$(cat "$ERR")" "error: $message${hint:+
hint: $hint}"
}
says "--issue: '0' is not a whole number from 1 to 999999999" "" start --issue 0
says "--issue: 'abc' is not a whole number from 1 to 999999999" "" start --issue abc
says "--priority: 'hihg' is not one of critical, high, medium, low (did you mean 'high'?)" "" issue create --title a --priority hihg
says "option '--type' is required" "'git session learn -h' shows how it is used" learn
says "'snapshot drop' needs SNAP (snapshots to delete)" "'git session snapshot drop -h' shows how it is used" snapshot drop
says "a command is missing" "the commands are: move, export, import" records
says "unknown command 'clsoe'" "did you mean 'close'?" clsoe
says "unknown command 'stat'" "did you mean 'status'?" stat
says "unknown command 'sta'" "did you mean 'start' or 'status'?" sta
says "unknown command 'version'" "did you mean '--version'?" version
says "unknown command 'clos'" "did you mean 'close'?" help clos
says "unknown command 'wholly-other'" "'git session -h' lists the commands" wholly-other
says "unknown option '--shelf'" "did you mean '--shelve'?" pause --shelf
says "unknown command 'refactoring'" "did you mean: git session snapshot --label before-refactoring" \
  snapshot --label before refactoring
says "unexpected argument 'extra'" "'git session close -h' shows how it is used" close extra
says "the name 'my docs' may not contain spaces" "a name has letters, digits, '.', '_' and '-', such as 'api'" start --name "my docs"
says "unknown command 'nosuch'" "the commands are: install, uninstall, status" hooks nosuch
says "unknown command 'nosuch'" "did you mean: git session snapshot --label nosuch" snapshot nosuch
says "unknown option '--with'" "'git session hooks install' takes it" hooks --with x
says "unknown option '--jsno'" "did you mean '--json'?" status --jsno
says "unexpected argument 'x'" "'git session gc -h' shows how it is used" gc x
says "option '--plan' needs a value: FILE (file with the session's plan, in TOML)" "" start --plan
says "option '--title' is given more than once" "" start --title a --title b
says "'--show-origin' and '--unset' exclude each other" "" config --show-origin --unset persistence
expect_exit 129 git -c session.persistence=false session close --base nope
expect_err "error: 'nope' names no commit"
for name in .git a/b; do
  expect_exit 129 git session status --state-dir $name
  expect_exit 129 git session config state-dir $name
done
git config session.state-dir a/b
expect_exit 128 git session status
expect_err "git config (local): state-dir is 'a/b'"
git config --unset session.state-dir

expect_equal "$(git for-each-ref)" "$refs"
expect_same_tree
