#!/usr/bin/env bash
# Intent-to-add, a submodule that moved, a sparse checkout and GIT_DIR with GIT_WORK_TREE.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo sub-origin
cd "$CASE"
session_repo
git submodule --quiet add "$CASE/sub-origin" sub
commit_file far/away.txt
commit_file near/here.txt
git commit -q -m "chore: submodule"
git sparse-checkout set --no-cone "/*" "!/far/"
expect_no_file far/away.txt
start_session
git -C sub commit -q --allow-empty -m "chore: in the submodule"
echo new >near/new.txt
git add -N near/new.txt
expect_exit 0 git session close --json
expect_json '.status == "closed"'
expect_equal "$(work_files | paste -sd,)" "near/new.txt,sub"
expect_equal "$(git rev-parse HEAD:sub)" "$(git -C sub rev-parse HEAD)"
expect_equal "$(git show HEAD:far/away.txt)" "content of far/away.txt"
expect_equal "$(git status --porcelain)" ""

start_session
echo more >near/new.txt
cd /
GIT_DIR=$CASE/repo/.git GIT_WORK_TREE=$CASE/repo expect_exit 0 git session close --json
expect_json '.status == "closed"'
expect_equal "$(git -C "$CASE/repo" show HEAD:near/new.txt)" more
expect_equal "$(git -C "$CASE/repo" status --porcelain)" ""
