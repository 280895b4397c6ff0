#!/usr/bin/env bash
# Also a plan's verify commands run in what is committed, once it is decided whose the files are; and what others commit
# meanwhile is not claimed to be tested.
. "$E2E/lib.sh"
. "$E2E/close.sh"

item() { jq -r '.report | (.completed + .carried_over)[] | "\(.status): \(.evidence)"' "$OUT"; }
gate() { jq -r ".phases[] | select(.id == \"gate\") | $1" "$OUT"; }

new_repo
bare_remote
git config session.gate-isolation worktree
start_session --plan "$(plan '
[[item]]
title = "One"
files = ["one/"]
verify = "echo run >>'"$CASE/runs"'; cat helper.h && test ! -e '"$CASE/refuse"'"')"
mkdir one
echo 1 >one/a
echo "#define H" >helper.h

# Without any other gate. While the decision is open, the command waits for it.
expect_exit 2 git session close --json
expect_json '.phases[] | select(.id == "plan") | .findings[0].title | contains("verify not run: waits for the decision on file ownership")'
expect_equal "$(gate .outcome)" block
git session close --abort >/dev/null
expect_exit 0 git session close --dry-run --json --decide unclaimed=leave
expect_equal "$(item | cut -d'(' -f1)" "partial: 1 file, verify failed: exit status 1"
expect_json '.report.tested_tree == null'
expect_exit 0 git session close --dry-run --json --decide unclaimed=include
expect_equal "$(item | sed 's/ in [0-9.]* s//')" "done: 1 file, verify passed"
# Judged once, by what is decided: one that fails does not run again.
touch "$CASE/refuse"
rm "$CASE/runs"
expect_exit 0 git session close --dry-run --json --decide unclaimed=include
expect_equal "$(cat "$CASE/runs")" run
rm "$CASE/refuse"

# "abort" ends it before anything runs.
expect_exit 1 git session close --json --decide unclaimed=abort
expect_json '.status == "aborted"'
expect_no_file "$(journal)"

# A checkout that fails does not make a plan's item undone.
echo 'one/a filter=locked' >.git/info/attributes
git config filter.locked.smudge false
git config filter.locked.clean cat
git config filter.locked.required true
expect_exit 1 git session close --json --decide unclaimed=include
expect_equal "$(gate '.summary | contains("cannot be checked out")')" true
rm .git/info/attributes
git session close --abort >/dev/null

# Another commit that comes while the gate runs: the commit on top of it has another tree.
git config session.commit-trailers true
git config session.test-command 'cd '"$PWD"' && { test -e other || { echo other >other; git add other; git commit -q -m "chore: other" -- other; }; }'
expect_exit 0 git session close --json --decide unclaimed=include
expect_json '.status == "closed" and (.report.warnings | any(contains($tree) and contains("HEAD had moved")))' --arg tree "$(file_oid "HEAD^{tree}")"
expect_equal "$(git log --format='%(trailers:key=Tested-tree)' | tr -d '\n')" ""
expect_equal "$(git log --format=%s -3 | tail -1)" "chore: other"
