#!/usr/bin/env bash
# Of files that were dirty at the start only what can be done is offered, what is answered is done, and what stays is named.
. "$E2E/lib.sh"
. "$E2E/close.sh"

script --version >/dev/null 2>&1 || skip "no script"
session_repo
bare_remote
printf '1\n2\n3\n4\n5\n6\n7\n8\n9\n' >parts.txt
echo one >end.txt
git add -A
git commit -q -m "chore: files"

# The end of a file changed by two cannot be separated: "since the start" is not offered.
echo theirs >>end.txt
start_session --scope end.txt
echo ours >>end.txt
answered git session close --no-push <<'END' || fail "exit code $?"
w
END
expect_out "1 file dirty when the session started and changed since"
expect_no_out "[s]ince"
expect_equal "$(git show HEAD:end.txt | tr '\n' ' ')" "one theirs ours "

# Where it can, the rest stays and is named.
sed -i '1s/.*/theirs/' parts.txt
start_session --scope parts.txt
sed -i '9s/.*/ours/' parts.txt
answered git session close --no-push <<'END' || fail "exit code $?"
s
END
expect_equal "$(git show HEAD:parts.txt | tr '\n' ' ')" "1 2 3 4 5 6 7 8 ours "
expect_out "Left in the tree: parts.txt"
git checkout -q -- parts.txt

# An untracked file that was there before, in no plan: whole, if a person says that it is the session's.
echo before >notes.txt
start_session --scope parts.txt
echo more >>notes.txt
expect_exit 0 git session close --no-push --decide unclaimed=include
expect_equal "$(git status --porcelain notes.txt)" "?? notes.txt"
start_session --scope parts.txt
echo more >>notes.txt
answered git session close --no-push <<'END' || fail "exit code $?"
a
END
expect_equal "$(git show HEAD:notes.txt | tr '\n' ' ')" "before more more "

# The part that a blanket answer leaves makes its item not done, and the close says so.
plan '[[item]]
title = "End marker"
files = ["end.txt"]' >/dev/null
echo theirs >>end.txt
start_session --plan "$CASE/plan.toml"
echo ours >>end.txt
expect_exit 0 git session close --no-push --decide mixed=split
expect_out "0 of 1 done, without the files that stay"
expect_exit 0 git session show
expect_out "end.txt changed, but is only partly this session"

# What was answered is taken back with the close: the next one asks again.
start_session --scope parts.txt
echo mine >mine.txt
answered git session close --no-push <<'END' || fail "exit code $?"
1
END
expect_equal "$(git show --format= --name-only HEAD | grep -c '^mine.txt$')" 1
expect_exit 0 git session undo
expect_exit 0 git session claim --json
expect_json '.claims == []'
expect_exit 0 git session status --json
expect_json '[.changes[] | select(.path == "mine.txt") | .owner] == ["unclaimed"]'
