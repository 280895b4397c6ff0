#!/usr/bin/env bash
# init writes its two files once; a second run changes no byte; what a person wrote stays.
. "$E2E/lib.sh"

new_repo
commit_file Cargo.toml '[package]'
expect_exit 0 git session init --records tracked
expect_file .git-session.toml
expect_file_has .git-session.toml "cargo test"
expect_file_has .orchestrator/bootstrap.lock "version: 1"
expect_file_has .orchestrator/bootstrap.lock "tier: "
remember_tree
expect_exit 0 git session init --records tracked
expect_same_tree
expect_exit 0 git session config test-command
expect_equal "$(cat "$OUT")" "cargo test"

expect_exit 0 git session init --json
expect_json '.schema == "git-session/init/1"'
expect_same_tree

# A file that a person wrote is left as it is, whatever is in it.
printf '# mine\ntest-command = "make my-tests"\n' >.git-session.toml
printf 'version: 1\ntier: deep\narchetype: mine\n' >.orchestrator/bootstrap.lock
remember_tree
expect_exit 0 git session init --records tracked
expect_same_tree
