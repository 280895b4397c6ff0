#!/usr/bin/env bash
# Without a session status says so, names the next step, and exits 0; so it does in an untouched repository.
. "$E2E/lib.sh"

new_repo
remember_tree
expect_exit 0 git session status
expect_out "Not set up yet."
expect_exit 0 git session status --json
expect_json '.schema == "git-session/status/1" and .session == null'
expect_exit 0 git session
expect_same_tree
