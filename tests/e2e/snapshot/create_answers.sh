#!/usr/bin/env bash
# snapshot create: its JSON, the clean tree, taken names, unchanged content, and its text for people.
. "$E2E/lib.sh"

new_repo
commit_file gone.txt
commit_file staged.txt
commit_file changed.txt
expect_exit 0 git session snapshot create --session s --label none --json
expect_json '.schema == "git-session/snapshot-create/1" and .ok == true and .skipped == true and .ref == null and .oid == null and
  (.reason | type == "string")'

echo one >staged.txt
git add staged.txt
echo two >changed.txt
rm gone.txt
echo new >untracked.txt
remember_tree
expect_exit 0 git session snapshot create --session "a b/c" --wave 3 --label "before refactoring" -m "a paragraph" --json
expect_json '.ok and (.skipped | not) and .ref == "refs/so-snapshots/a-b-c/wave-3-before-refactoring" and
  .session == "a b/c" and .wave == 3 and .label == "before refactoring" and
  (.created_at | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z$")) and
  .files == {staged: 1, unstaged: 2, untracked: 1, deleted: 1, unmerged: 0}'
expect_same_tree
oid=$(json .oid)
expect_equal "$(git rev-parse refs/so-snapshots/a-b-c/wave-3-before-refactoring)" "$oid"
expect_equal "$(git log -1 --format=%s "$oid")" "so-snapshot a b/c wave 3 before refactoring"
git log -1 --format=%b "$oid" | grep -qF "a paragraph" || fail "the message is not in the commit"

# The same content again: nothing new is written. Other content: the next free name; the earlier one stays.
expect_exit 0 git session snapshot --session "a b/c" --wave 3 --label "before refactoring" -m "a paragraph" --json
expect_json '.ok and .skipped and .ref == "refs/so-snapshots/a-b-c/wave-3-before-refactoring"'
echo three >changed.txt
expect_exit 0 git session snapshot --session "a b/c" --wave 3 --label "before refactoring" --json
expect_json '.ref == "refs/so-snapshots/a-b-c/wave-3-before-refactoring.2"'
expect_equal "$(git rev-parse refs/so-snapshots/a-b-c/wave-3-before-refactoring)" "$oid"

expect_exit 0 git session snapshot --session s --label text
expect_out "Saved \"s/text\""
# Without a label it is not saved again; under another one, or with a message, it is.
expect_exit 0 git session snapshot --session s
expect_out "Unchanged since \"s/text\""
git rev-parse --verify -q refs/so-snapshots/s/wave-0-manual >/dev/null && fail "the same was saved twice"
expect_exit 0 git session snapshot --session s -m "a paragraph"
expect_out "Saved \"s/manual\""
expect_exit 1 git session snapshot
expect_err "error: not set up yet"
expect_err "hint: run 'git session init' first"
expect_exit 0 git session snapshot -q --session s --label quiet
expect_empty_out
git rev-parse --verify -q refs/so-snapshots/s/wave-0-quiet >/dev/null || fail "-q saved nothing"
