#!/usr/bin/env bash
# A snapshot needs no identity, runs no hook, signs nothing, and leaves the stash list alone.
. "$E2E/lib.sh"

new_repo
git config --global --remove-section user
git config --global user.useConfigOnly true
git config commit.gpgSign true
git config gpg.program "$CASE/bin/no-gpg"
mkdir -p .git/hooks
for hook in pre-commit post-commit commit-msg post-checkout; do
  printf '#!/bin/sh\necho %s >>"%s/hooks-ran"\nexit 1\n' "$hook" "$CASE" >.git/hooks/$hook
  chmod +x .git/hooks/$hook
done
echo dirty >README.md
expect_exit 0 git session snapshot --session s --label one --json
expect_json '.ok and .ref != null'
expect_no_file "$CASE/hooks-ran"
expect_equal "$(git stash list)" ""
