#!/usr/bin/env bash
# A path is committed literally: 'a*b' does not include 'axb', and a directory does not include others' files in it.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
echo theirs >axb
mkdir d
echo theirs >d/theirs
start_session --scope "**"
echo ours >'a*b'
echo ours >d/ours
expect_exit 0 git session close --json
expect_equal "$(work_files | paste -sd,)" "a*b,d/ours"
expect_equal "$(git status --porcelain | paste -sd,)" "?? axb,?? d/theirs"
