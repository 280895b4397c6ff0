#!/usr/bin/env bash
# init writes its two files once; a second run changes no byte; what a person wrote stays.
. "$E2E/lib.sh"

new_repo
mkdir "$CASE/programs"
printf '#!/bin/sh\n' >"$CASE/programs/cargo"
chmod +x "$CASE/programs/cargo"
PATH=$CASE/programs:$PATH
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

# A file that a person wrote is left as it is, whatever is in it, and is what is shown.
printf '# mine\ntest-command = "make my-tests"\n' >.git-session.toml
printf 'version: 1\ntier: deep\narchetype: mine\n' >.orchestrator/bootstrap.lock
remember_tree
expect_exit 0 git session init --records tracked
expect_same_tree
expect_out "make my-tests  (.git-session.toml:2)"
expect_out "kept; found was 'cargo test'"
expect_no_out "none found: gates are skipped"

# Without a test command that is said, with the way to set one; and a start names what is to be committed first.
new_repo bare.d
expect_exit 0 git session init
expect_err "no test command is set, so a close tests nothing: git session config test-command"
expect_no_err "each close runs"
expect_exit 0 git session doctor
expect_out "no test command is set"
expect_exit 0 git session start --title x
expect_err "commit the set-up first: git add .git-session.toml && git commit"
