#!/usr/bin/env bash
# Where HEAD has other versions of what is shelved, --merge merges, and collisions are named; elsewhere HEAD may move freely.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --local >/dev/null 2>&1
for file in merges collides gone untouched; do
  for i in 1 2 3 4 5 6 7 8 9; do echo "$file $i"; done >$file
  git add $file
done
git commit -q -m "chore: files"
start_session
sed -i '1s/.*/mine/' merges collides
rm gone
echo mine >new
expect_exit 0 git session pause --shelve
echo elsewhere >>untouched
git commit -q -a -m "chore: elsewhere"
expect_exit 0 git session resume
expect_equal "$(git status --porcelain)" " M collides
 D gone
 M merges
?? new"

expect_exit 0 git session pause --shelve
sed -i '9s/.*/theirs/' merges
sed -i '1s/.*/theirs/' collides
echo theirs >>gone
git commit -q -a -m "chore: meanwhile"
remember_tree
expect_exit 1 git session resume
expect_err "the session stays paused: 3 paths are in the way"
expect_err "HEAD's version differs from that of the snapshot's base commit"
expect_err "'git session resume --merge' merges"
expect_same_tree
expect_exit 1 git session resume --merge
expect_err "CONFLICT: 'collides'"
expect_err "CONFLICT: 'gone'"
expect_equal "$(sed -n '1p;9p' merges | xargs)" "mine theirs"
expect_equal "$(git ls-files -u | cut -f 2 | sort -u | xargs)" "collides gone"
expect_equal "$(cat new)" mine
expect_exit 0 git session status --json
expect_json '.state == "active" and .paused == []'
# Taken up, in spite of the conflicts: what the snapshot has is still there.
expect_exit 0 git session snapshot list --json
expect_json '[.snapshots[].label] == ["paused.2", "paused"] or ([.snapshots[].label] | all(startswith("paused")))'
git checkout -q --ours collides 2>/dev/null || git checkout -q HEAD -- collides
git add collides
git rm -q --cached gone && rm -f gone
expect_exit 0 git session close --yes --json
expect_json '.status == "closed"'
