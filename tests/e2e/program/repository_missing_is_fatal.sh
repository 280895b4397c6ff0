#!/usr/bin/env bash
# Outside a repository every command says what git says and exits 128, also with --json.
. "$E2E/lib.sh"

mkdir "$CASE/nowhere"
cd "$CASE/nowhere"
for command in "" "status" "init" "start" "snapshot" "snapshot list" "snapshot show wave-1-a" "snapshot drop wave-1-a" \
  "gc" "config" "config --list" "config persistence" "close" "close --dry-run" "close --continue" "close --abort"; do
  # shellcheck disable=SC2086
  expect_exit 128 git session $command
  expect_err "fatal: not a git repository"
  expect_empty_out
done

for command in "status" "init" "start" "snapshot create" "snapshot list" "gc" "config --list" "close"; do
  # shellcheck disable=SC2086
  expect_exit 128 git session $command --json
  expect_json '.error.code == 128 and (.error.message | startswith("not a git repository")) and (.error | has("hint"))'
done
