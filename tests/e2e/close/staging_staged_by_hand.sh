#!/usr/bin/env bash
# What was staged before stays staged and out of the commits; of a session file staged in part, that part is committed.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
commit_file a.txt "$(seq 1 9)"
commit_file theirs.txt old
commit_file gone.txt old
echo staged >theirs.txt
echo fresh >fresh.txt
git add theirs.txt fresh.txt
git rm -q --cached gone.txt
theirs=$(git diff --cached)
start_session --scope "**"
sed -i 1s/.*/first/ a.txt
git add a.txt
sed -i 9s/.*/last/ a.txt
expect_exit 0 git session close --json
expect_json '.commits[0].files == 3'
expect_equal "$(git show HEAD:a.txt | paste -sd' ')" "first 2 3 4 5 6 7 8 9"
expect_equal "$(git diff a.txt | grep '^[-+][^-+]' | paste -sd,)" "-9,+last"
expect_equal "$(git diff --cached)" "$theirs"
expect_equal "$(git log --format= --name-only HEAD~1..HEAD -- theirs.txt fresh.txt gone.txt)" ""
