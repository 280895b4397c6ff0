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
snapshot show
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

expect_equal "$(git for-each-ref)" "$refs"
expect_same_tree
