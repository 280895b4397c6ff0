#!/usr/bin/env bash
# What the gates write is not the session's: a built program, a log that git tracks, after a dry run, a failing gate and
# a kill in the middle. But what a plan or scope names is.
. "$E2E/lib.sh"
. "$E2E/close.sh"

# Two files of the session, a program that the gate builds, and a log that it rewrites.
work() {
  start_session "$@"
  mkdir -p src
  echo "$RANDOM" >src/a.c
}
expect_made_left() {
  expect_json '.status == "closed"'
  expect_equal "$(work_files | paste -sd,)" src/a.c
  expect_json '[.phases[] | select(.id == "staging-plan") | .findings[] | select(.detail | contains("commands ran")) | .file] == ["prog", "tests.log"]'
  expect_file prog
}
session_repo
echo log >tests.log
git add tests.log
git commit -q -m "chore: log"
bare_remote
git config session.test-command 'date +%N >prog; date +%N >>tests.log'

# The recommended way: a dry run first.
work
expect_exit 0 git session close --dry-run --json
expect_file prog
expect_exit 0 git session close --yes --json
expect_made_left
expect_json '.decisions == []'

# A gate that fails at first.
rm -f prog
git checkout -q tests.log
work
git config session.lint-command 'test -e mended'
expect_exit 1 git session close --decide gate=stop --json
touch mended
expect_exit 0 git session close --continue --yes --json
expect_json '.status == "closed"'
expect_equal "$(work_files | paste -sd,)" mended,src/a.c
git config --unset session.lint-command

# Killed in the gate.
rm -f prog
git checkout -q tests.log
work
git config session.test-command 'date +%N >prog; date +%N >>tests.log; [ -e '"$CASE"'/once ] || { touch '"$CASE"'/once; kill -9 $PPID; sleep 5; }'
code=0
{ git session close --yes --json >"$OUT" 2>"$ERR"; } 2>/dev/null || code=$?
expect_equal "$code" 137
expect_exit 0 git session close --continue --yes --json
expect_made_left
git config session.test-command 'date +%N >prog; date +%N >>tests.log'

# If a plan names it, it is the session's.
rm -f prog
git checkout -q tests.log
work --scope "src/" --scope prog
expect_exit 0 git session close --dry-run --json
git config --unset session.test-command
expect_exit 0 git session close --yes --json
expect_equal "$(git show --format= --name-only --diff-filter=A HEAD -- . ':!.orchestrator')" prog
git config session.test-command 'date +%N >>tests.log'

# A log that was dirty before the first command: the first run cannot know; the second one does.
git checkout -q tests.log
work
echo "by hand" >>tests.log
expect_exit 1 git session close --yes --json
expect_json '.hint | contains("tests.log") and contains("checks again")'
expect_exit 1 git session close --continue --yes --json
expect_json '.hint | contains("tests.log") and contains("ignores it")'
expect_exit 0 git session close --continue --yes --json
expect_equal "$(work_files)" src/a.c
