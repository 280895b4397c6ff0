#!/usr/bin/env bash
# Gates that hang, are missing, are skipped, and cannot fail.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
mkdir src
echo a >src/a.c

# A hanging one is ended with all that it started.
git config session.gate-timeout 1s
git config session.test-command "sleep 4711 & echo \$! >'$CASE/child'; sleep 4711"
SECONDS=0
expect_exit 1 git session close --decide gate=abort --json
[ "$SECONDS" -lt 20 ] || fail "it took $SECONDS seconds"
expect_outcome gate block
expect_json '[.phases[] | select(.id == "gate") | .summary] | .[0] | test("time|1 s")'
# (A zombie waits for its new parent.)
running() { [ -e "/proc/$1/stat" ] && ! grep -q ') Z ' "/proc/$1/stat"; }
for _ in $(seq 50); do running "$(cat "$CASE/child")" || break; sleep 0.1; done
! running "$(cat "$CASE/child")" || fail "the gate's child is still running"

git config session.typecheck-command "no-such-program --check"
git config session.test-command "echo ok"
git config session.lint-command skip
# One that is not there or cannot be executed has not passed, whoever misses it: the shell, a script, make.
printf '#!/bin/sh\nno-such-linter src\n' >"$CASE/bin/lint-it"
chmod +x "$CASE/bin/lint-it"
for missing in "no-such-program --check" "./README.md" lint-it; do
  git config session.typecheck-command "$missing"
  expect_exit 1 git session close --json --no-push --decide gate=abort
  expect_outcome gate block
  expect_json '.phases[] | select(.id == "gate") | .findings | any(.title | test("typecheck failed: exit status 12[67]: a command "))'
  expect_equal "$(git log -1 --format=%s)" "chore: set up sessions"
done
expect_exit 2 git session close --json --no-push
expect_json '.hint | contains("git session config typecheck-command skip")'
git session close --abort >/dev/null 2>&1 || true

# none is no gate, though the tree has one to be found; and --unset finds it again.
printf 'test:\n\ttouch ran\n' >Makefile
git config --unset session.test-command
git config --unset session.typecheck-command
git session config test-command none
expect_exit 0 git session close --dry-run --json
expect_json '.phases[] | select(.id == "gate") | .summary | startswith("no command ran")'
git config --unset session.test-command
expect_exit 0 git session close --dry-run --json
expect_json 'any(.decisions[]; .detail | contains("make test"))'
rm Makefile
git config session.test-command "echo ok"
expect_exit 0 git session close --json --no-push
expect_outcome gate warn
expect_json '[.phases[] | select(.id == "gate") | .findings[].title] | any(contains("cannot fail"))'
expect_json '[.phases[] | select(.id == "gate") | .summary] | .[0] | contains("lint") and contains("skipped")'
expect_outcome push skip
