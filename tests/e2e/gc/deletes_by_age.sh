#!/usr/bin/env bash
# gc deletes what is older than the limit, never an active session's, nothing with --dry-run, all in one go.
. "$E2E/lib.sh"

session_repo
old_snapshot() { # old_snapshot SESSION LABEL DAYS: makes a snapshot of that age
  echo "$2" >README.md
  local date oid
  date="$(($(date +%s) - $3 * 86400)) +0000"
  oid=$(GIT_AUTHOR_DATE=$date GIT_COMMITTER_DATE=$date git stash create "so-snapshot $1 wave 1 $2")
  oid=$(GIT_AUTHOR_DATE=$date GIT_COMMITTER_DATE=$date git commit-tree -m "so-snapshot $1 wave 1 $2" -p "$oid^1" -p "$oid^2" "$oid^{tree}")
  git update-ref "refs/so-snapshots/$1/wave-1-$2" "$oid"
  git checkout -q -- README.md
}
expect_exit 0 git session start --title "A session" --json
session=$(json .session)
old_snapshot "$session" mine 40
old_snapshot gone young 3
old_snapshot gone middle 20
old_snapshot gone old 40
refs=$(git for-each-ref)

expect_exit 0 git session gc --dry-run --json
expect_json '.schema == "git-session/gc/1" and .scanned == 4 and .deleted == 2 and .kept == 1 and .protected == 1 and .errors == [] and
  (.older_than | type == "string")'
expect_json '[.refs[] | select(.action | test("delete"))] | length == 2'
expect_json '[.refs[] | select(.ref == "refs/so-snapshots/gone/wave-1-old") | .age_days | (. > 39.5 and . < 40.5)] == [true]'
expect_equal "$(git for-each-ref)" "$refs"

expect_exit 0 git session gc --older-than 30.days --json
expect_json '.deleted == 1'
expect_equal "$(git for-each-ref --format='%(refname)' refs/so-snapshots/gone | tr '\n' ' ')" \
  "refs/so-snapshots/gone/wave-1-middle refs/so-snapshots/gone/wave-1-young "
git config session.snapshot-expire 10.days
expect_exit 0 git session gc
expect_equal "$(git for-each-ref --format='%(refname)' refs/so-snapshots/gone)" "refs/so-snapshots/gone/wave-1-young"
expect_exit 0 git session gc
expect_out "nothing to delete older than 10 days, kept 1"
expect_exit 0 git session gc --older-than never --json
expect_json '.deleted == 0'
expect_exit 0 git session gc --older-than now --json
expect_json '.deleted == 1 and .protected == 1'
expect_equal "$(git for-each-ref --format='%(refname)' refs/so-snapshots)" "refs/so-snapshots/$session/wave-1-mine"

# Notes of a session that was never closed are deleted by age; this session's stay.
git session learn -q --type scope-guidance --subject small --insight "take smaller steps"
learned=$(git rev-parse --git-path git-session/learned)
own=$(ls "$learned")
echo '{}' >"$learned/gone.jsonl"
echo '{}' >"$learned/young.jsonl"
touch -d '40 days ago' "$learned/gone.jsonl" "$learned/$own"
expect_exit 0 git session gc --dry-run --older-than 30.days --json
expect_json '.stale == ["git-session/learned/gone.jsonl"]'
expect_file "$learned/gone.jsonl"
expect_exit 0 git session gc --older-than never --json
expect_json '.stale == []'
expect_exit 0 git session gc --older-than 30.days --json
expect_json '.stale == ["git-session/learned/gone.jsonl"]'
# shellcheck disable=SC2012
expect_equal "$(ls "$learned" | paste -sd' ')" "$own young.jsonl"

# Another worktree's session is protected as well, also from here.
git worktree add -q "$CASE/linked" -b linked
cd "$CASE/linked"
expect_exit 0 git session gc --older-than now --json
expect_json '.deleted == 0 and .protected == 1'
