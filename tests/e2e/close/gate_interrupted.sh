#!/usr/bin/env bash
# Ctrl-C in a command of the session ends the close there: nothing is asked, filed or committed, and --continue resumes.
. "$E2E/lib.sh"
. "$E2E/close.sh"
script --version >/dev/null 2>&1 || skip "no script"

begin --plan "$(plan '[[item]]
title = "Work"
files = ["src/**"]
verify = "test ! -e slow-verify || { touch begun; sleep 60; }"')"
mkdir src
echo a >src/a.c
printf '%s\n' slow-verify slow-test begun >>.git/info/exclude
git config session.test-command 'test ! -e slow-test || { touch begun; sleep 60; }'
head=$(git rev-parse HEAD)

# interrupted COMMAND OPTION…: Ctrl-C as soon as that command runs; what the terminal showed in $OUT.
# A background job of a shell has SIGINT ignored, and its children too.
interrupted() {
  touch "slow-$1"
  rm -f begun
  shift
  # shellcheck disable=SC2094 # it is read while it is written
  { for _ in {1..300}; do
    [ ! -e begun ] || break
    sleep 0.1
  done
  sleep 0.3
  printf '\003'
  for _ in {1..100}; do
    ! grep -q interrupted "$OUT" || break
    sleep 0.1
  done; } | env --default-signal=INT script -qec "git session close $*" "$CASE/typescript" >"$OUT" 2>"$ERR" || true
  rm -f slow-*
  expect_out interrupted
  ! grep -qE 'How shall|Staging plan|Issues  ' "$OUT" || fail "it went on"
  expect_equal "$(git rev-parse HEAD)" "$head"
  expect_no_file .orchestrator/issues
}
interrupted verify
interrupted test --continue --decide gate=issue
interrupted test --continue --decide gate=issue
expect_out "git session close --continue"
expect_exit 0 git session close --continue --json
expect_json '.status == "closed" and ([.phases[] | select(.id == "plan" or .id == "gate") | .outcome] == ["ok", "ok"])'
start_session --scope "src/"
echo b >src/a.c
head=$(git rev-parse HEAD)
interrupted test --dry-run
expect_no_out "--continue"
expect_exit 0 git session close --json
