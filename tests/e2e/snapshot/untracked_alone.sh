#!/usr/bin/env bash
# Untracked files alone are a snapshot too: a stash that git applies, with every tracked file as it is.
. "$E2E/lib.sh"

new_repo
mkdir -p a/b
echo new >a/b/c
expect_exit 0 git session snapshot --session s --label only-new --json
expect_json '.files == {staged: 0, unstaged: 0, untracked: 1, deleted: 0, unmerged: 0}'
ref=$(json .ref)
expect_equal "$(git rev-parse "$ref^{tree}")" "$(git rev-parse 'HEAD^{tree}')"
expect_equal "$(git rev-parse "$ref^2^{tree}")" "$(git rev-parse 'HEAD^{tree}')"
rm -r a
git stash apply -q "$ref"
expect_equal "$(cat a/b/c)" new
