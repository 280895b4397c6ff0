#!/usr/bin/env bash
# Of shared files nothing is taken out, and what a paused session has left in the tree is nobody else's: not on another
# branch, not of a session that was open before, and not where both claim it.
. "$E2E/lib.sh"
. "$E2E/close.sh"

owners() { git session status --json | jq -r '.changes[] | .path + " " + .owner' | sort | xargs; }

new_repo
git session init --local >/dev/null 2>&1
for file in mixed contested unclaimed a b; do commit_file $file; done
echo theirs >>mixed
start_session --name one --scope mixed --scope contested --scope a --scope big
GIT_SESSION=one
export GIT_SESSION
start_session --name two --scope contested --scope b
echo more >>mixed
echo both >>contested
echo nobody >>unclaimed
echo mine >>a
echo theirs >>b
git config session.snapshot-max-file 1k
head -c 2000 /dev/zero >big
expect_exit 0 git session pause --shelve --json
expect_json '.shelved == ["a"] and .kept == ["big"]'
expect_json '[.left[] | .path] == ["big", "contested", "mixed", "unclaimed"] and (.left[0].reason | contains("larger than"))'
expect_equal "$(git status --porcelain | xargs)" "M b M contested M mixed M unclaimed ?? big"
expect_equal "$(wc -c <big)" 2000
export GIT_SESSION=two
# Nobody claims contested any more.
expect_equal "$(owners)" "b ours big foreign contested ours mixed unclaimed unclaimed unclaimed"
expect_exit 0 git session pause
unset GIT_SESSION
expect_exit 0 git session resume one
expect_equal "$(cat a)" "content of a
mine"
expect_exit 0 git session pause
# Each has left what it has changed; a third one that is begun now takes nothing of it.
start_session --name three
expect_equal "$(owners)" "a foreign b foreign big foreign contested foreign mixed foreign unclaimed foreign"
echo three >>unclaimed
git session claim -q a
expect_equal "$(owners)" "a contested b foreign big foreign contested foreign mixed foreign unclaimed mixed"
expect_exit 0 git session abandon -q

# On another branch to which the changes go along, with a session there that is older than the pause.
new_repo along
git session init --local >/dev/null 2>&1
for file in a b; do commit_file $file; done
git switch -q -c other
start_session --title "Of the other branch"
git switch -q main
start_session --title "Paused"
echo mine >>a
echo mine >new
expect_exit 0 git session pause
git switch -q other
echo here >>b
expect_equal "$(owners)" "a foreign b ours new foreign"
expect_exit 0 git session close --yes --json
expect_equal "$(committed_files)" b
expect_equal "$(git status --porcelain | xargs)" "M a ?? new"
# Changed since, it may be either's: asked, and left by default.
start_session --title "Again"
git switch -q main
git switch -q other
expect_equal "$(owners)" "a foreign new foreign"
