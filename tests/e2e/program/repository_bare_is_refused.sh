#!/usr/bin/env bash
# A bare repository has no work tree: a clear error, and nothing is written.
. "$E2E/lib.sh"

git init -q --bare "$CASE/bare.git"
cd "$CASE/bare.git"
for command in "status" "init" "start" "snapshot" "close"; do
  expect_exit 128 git session "$command"
  expect_err_matches '^fatal: .*(bare|work tree)'
  expect_empty_out
done
expect_exit 128 git session status --json
expect_json '.error.code == 128'
expect_equal "$(git for-each-ref)" ""
expect_no_file session
expect_no_file .git-session.toml
