#!/usr/bin/env bash
# On a terminal a decision is asked: a name, a number, the beginning of a name and Enter answer it; anything else asks again.
. "$E2E/lib.sh"
. "$E2E/close.sh"

script --version >/dev/null 2>&1 || skip "no script"
new_repo
git session init --records tracked >/dev/null 2>&1
git add -A
git commit -q -m "chore: set up"
answer() { printf '%s' "$1" | answered git session close; }
number=0
for typed in include a inc "maybe
include"; do
  number=$((number + 1))
  start_session --scope "src/"
  echo $number >stray.txt
  answer "$typed
" || fail "exit code $?"
  expect_out "1 unclaimed changed file. Commit it?"
  expect_out "[n]one   [a]ll   [q]uit"
  expect_out "(default: none)"
  expect_equal "$(git show HEAD:stray.txt)" $number
done
expect_out "Type a letter in brackets"
start_session --scope "src/"
echo mine >stray.txt
answer "
" || fail "exit code $?"
expect_equal "$(git status --porcelain)" " M stray.txt"

# Where to push to is answered with a remote and a branch, too; a remote that is not there asks again.
git init -q --bare "$CASE/fork.git"
git remote add fork "$CASE/fork.git"
start_session --scope "src/"
mkdir -p src
echo pushed >src/a
git stash push -q -- stray.txt
answer "nowhere/x
fork/team/x
" || fail "exit code $?"
expect_out "(default: same-name)"
expect_out "Type a letter in brackets"
expect_equal "$(git -C "$CASE/fork.git" rev-parse team/x)" "$(git rev-parse HEAD)"
git stash pop -q
git remote remove fork

# The end of the input is not an answer.
start_session --scope "src/"
echo again >src.txt
code=0
answer $'\x04' || code=$?
expect_equal $code 2
expect_out "decision required"

# Ctrl-C ends the close, and says how to go on.
git session close --abort >/dev/null
code=0
answer $'\x03' || code=$?
expect_equal $code 130 # git itself is interrupted, too
expect_out "interrupted at a question: nothing further was done"
expect_out "'git session close --continue' continues from here"
expect_exit 0 git session close --continue --yes
