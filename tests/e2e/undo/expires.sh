#!/usr/bin/env bash
# What an undo needs is replaced by the next close, expires with gc, and goes with its worktree; it is no snapshot, and
# never leaves.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
bare_remote
git session init --local >/dev/null 2>&1
held() { git for-each-ref --format='%(refname)' 'refs/so-snapshots/@undo'; }
close_one() { # FILE
  echo dirty >"dirty-$1"
  start_session
  git session snapshot -q --label mine >/dev/null
  echo work >"$1"
  git session close --yes --no-push >/dev/null 2>&1 || fail "close failed"
}
close_one first
expect_equal "$(held)" refs/so-snapshots/@undo/main
first=$(git rev-parse refs/so-snapshots/@undo/main)
expect_exit 0 git session snapshot list --all --json
expect_json '.ignored == [] and ([.snapshots[].label] | unique) == ["before-close"]'
git session hooks install -q >/dev/null 2>&1
expect_exit 1 git push -q origin 'refs/so-snapshots/*:refs/so-snapshots/*'
expect_err "is a snapshot"
expect_exit 1 git push -q --mirror origin
expect_exit 1 git push -q origin "$first:refs/heads/leak"

# The next close's take its place; an undo is of the last one alone.
close_one second
expect_equal "$(held)" refs/so-snapshots/@undo/main
[ "$(git rev-parse refs/so-snapshots/@undo/main)" != "$first" ] || fail "it is the first close's still"
expect_exit 0 git session undo
expect_equal "$(git log -1 --format=%s)" "feat: add first"
expect_exit 1 git session undo
expect_err "there is nothing to undo"
expect_exit 0 git session close --yes --no-push

# gc leaves what is young, and deletes what has expired.
expect_exit 0 git session gc --json
expect_json '[.stale[] | select(endswith("/undo"))] == []'
expect_equal "$(held)" refs/so-snapshots/@undo/main
touch -d "60 days ago" .git/git-session/undo/journal.jsonl
expect_exit 0 git session gc --dry-run --json
expect_json '.stale == ["git-session/undo"]'
expect_equal "$(held)" refs/so-snapshots/@undo/main
expect_exit 0 git session gc --json
expect_json '.stale == ["git-session/undo"]'
expect_equal "$(held)" ""
expect_no_file .git/git-session/undo
expect_exit 1 git session undo
expect_err "there is nothing to undo"

# Of a linked worktree, with that.
git worktree add -q "$CASE/linked" -b linked
(cd "$CASE/linked" && close_one third)
expect_equal "$(held)" refs/so-snapshots/@undo/worktrees/linked
git worktree remove --force "$CASE/linked"
expect_exit 0 git session gc
expect_equal "$(held)" ""
