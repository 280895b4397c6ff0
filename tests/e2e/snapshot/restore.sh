#!/usr/bin/env bash
# What is in the way of a restore is found before the first write, and nothing is lost: not what is untracked or ignored,
# not another session's work, not what HEAD has by now. A kill is finished or taken back, a failure is put back.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --records private >/dev/null 2>&1
printf '1\n2\n3\n4\n5\n' >a
printf 'one\n' >b
mkdir dir
printf 'd\n' >dir/d
printf '*.log\n' >.gitignore
git add -A
git commit -q -m "chore: begin"
expect_exit 129 git session snapshot restore
expect_exit 128 git session snapshot restore nothing
expect_exit 1 git session snapshot restore --continue
expect_err "no restore was interrupted"

start_session
echo mine >>a
echo new >new.txt
expect_exit 0 git session snapshot --label before
expect_out "Saved \"before\" (1 changed, 1 new). Restore: git session snapshot restore before [PATH]"
expect_exit 0 git session snapshot list
expect_out_matches "^before +[0-9]{2}:[0-9]{2}  1 changed, 1 new +a new.txt$"
expect_exit 0 git session snapshot restore before
expect_out "Everything is as in \"before\" already."

# A dry run says what would be done; one path, in one directory, or what was untracked.
rm a new.txt
echo wrecked >b
expect_exit 128 git session snapshot restore befor
expect_err "did you mean 'before'?"
expect_exit 0 git session snapshot restore -n before
expect_out "Would restore \"before\" (3 files)"
expect_out "  M  b"
expect_file b && expect_no_file a
expect_exit 0 git session snapshot restore before -- new.txt
expect_equal "$(cat new.txt)" new
expect_no_file a
(cd dir && expect_exit 0 git session snapshot restore before ../a) || exit 1
expect_equal "$(tail -1 a)" mine
expect_equal "$(cat b)" wrecked
expect_exit 0 git session snapshot restore before b
expect_equal "$(cat b)" one
expect_exit 1 git session snapshot restore before no/such/file
expect_err "the snapshot has nothing at 'no/such/file'"
expect_exit 129 git session snapshot restore before ../outside
expect_equal "$(git stash list)" ""
# The top is a directory like any other: all files, but not the index.
git add b a
rm a b
expect_exit 0 git session snapshot restore before .
expect_equal "$(git diff --cached --name-only)" a
expect_equal "$(tail -1 a)$(cat b)" mineone
git reset -q

# Who may read a file is not for a restore to change.
echo secret >>a
chmod 600 a
expect_exit 0 git session snapshot restore before a
expect_equal "$(stat -c %a a)" 600
chmod 644 a

# The undo is found as it is printed, also for a session that is over.
expect_exit 0 git session snapshot --session gone --label one
echo since >>a
expect_exit 0 git session snapshot restore --session gone one a
expect_out "Undo: git session snapshot restore gone/before-restore"
expect_exit 0 git session snapshot restore gone/before-restore a
expect_equal "$(tail -1 a)" since
expect_exit 0 git session snapshot restore gone/one a
git session snapshot drop -q gone/one

# An untracked or ignored file in the way stops it before the first write; --force saves and overwrites it, and the undo
# brings it back.
rm a
echo other >new.txt
expect_exit 1 git session snapshot restore before
expect_err "nothing was restored: 1 path is in the way"
expect_err "new.txt"
expect_no_file a
echo new.txt >>.gitignore
expect_exit 1 git session snapshot restore before new.txt
expect_err "ignored, and not as the snapshot has it"
expect_exit 0 git session snapshot restore --force before new.txt --json
undo=$(json .saved)
expect_json '.ok and (.files == [{"path": "new.txt", "status": "M"}])'
expect_equal "$(cat new.txt)" new
expect_exit 0 git session snapshot restore --force "$undo" new.txt
expect_equal "$(cat new.txt)" other
git checkout -q .gitignore
mkfifo fifo
expect_exit 0 git session snapshot restore --force before
expect_out_matches "^Undo: git session snapshot restore before-restore"
expect_equal "$(cat new.txt)" new
expect_equal "$(tail -1 a)" mine

# In a session, only what is its own stops all of it; what is nobody's, or another's, stays and is named.
(
  session_repo theirs >/dev/null 2>&1
  mkdir -p src && echo 1 >src/a.c && git add . && git commit -q -m one
  git session start --title t --scope 'src/**' >/dev/null 2>&1
  echo 2 >src/a.c
  echo 1 >notes.txt
  git session snapshot -q --label mine
  echo 3 >src/a.c
  echo 2 >notes.txt
  expect_exit 0 git session snapshot restore mine
  expect_err "notes.txt"
  expect_equal "$(cat src/a.c notes.txt)" "2
2"
  echo 1 >src/new.c
  git session snapshot -q --label with-new
  echo 2 >src/new.c
  expect_exit 1 git session snapshot restore with-new
  expect_err "src/new.c"
) || exit 1

# A directory, a link or a FIFO where a file goes: never forced.
rm new.txt
mkdir new.txt
echo in >new.txt/in
expect_exit 1 git session snapshot restore --force before
expect_err "a directory is there, with new.txt/in"
rm -r new.txt
mkfifo new.txt
expect_exit 1 git session snapshot restore --force before new.txt
expect_err "a FIFO"
rm new.txt
mv dir elsewhere
ln -s elsewhere dir
echo z >elsewhere/z
expect_exit 1 git session snapshot restore before
expect_err "'dir' is in the way"
expect_exit 0 git session snapshot restore --force before
expect_file_has elsewhere/d d
expect_file_has dir/d d
[ ! -L dir ] || fail "written through a link"
expect_equal "$(cat new.txt)" new
rm -r elsewhere fifo

# Another session's changes: left alone and named; by name refused; with --force overwritten, named and saved.
expect_exit 0 git session status --json
first=$(json .session)
start_session --name other --scope 'b' --scope 'theirs.txt'
expect_exit 0 git session status --json --session other
other=$(json .session)
echo theirs >>b
echo 1 >theirs.txt
expect_exit 0 git session snapshot --session other --label both
echo later >>b
echo 2 >theirs.txt
rm a
expect_exit 0 git session snapshot restore "$other/both" --session "$first"
expect_out "Restored"
expect_err "Left as they are:"
expect_err "b"
expect_equal "$(tail -1 b)" later
expect_equal "$(cat theirs.txt)" 2
expect_equal "$(tail -1 a)" mine
expect_exit 1 git session snapshot restore "$other/both" b --session "$first"
expect_err "claimed by session"
expect_exit 0 git session snapshot restore "$other/both" b --force --session "$first"
expect_err "Others' changes, overwritten:"
expect_equal "$(tail -1 b)" theirs
expect_exit 0 git session snapshot restore "$other/before-restore" b --session "$first" --force
git session close --session other --yes --no-push >/dev/null 2>&1 || fail "close"

# HEAD's version differs by now: in the way, merged, or with markers.
git checkout -q -- . && rm -f new.txt
echo mine >>a
expect_exit 0 git session snapshot --label moved
git checkout -q -- a
sed -i '1s/.*/first/' a
git commit -q -a -m "fix: first"
expect_exit 1 git session snapshot restore moved
expect_err "HEAD's version differs"
expect_err "--merge"
expect_exit 0 git session snapshot restore --merge moved
expect_equal "$(tr '\n' ' ' <a)" "first 2 3 4 5 mine "
git checkout -q -- a
echo theirs >>a
git commit -q -a -m "fix: end"
expect_exit 1 git session snapshot restore --merge moved
expect_err "CONFLICT: 'a'"
expect_file_has a "<<<<<<< work tree"
expect_equal "$(git ls-files -u | wc -l)" 3
expect_exit 0 git session snapshot restore "$(sed -n 's/^Undo: git session snapshot restore //p' "$OUT")"
expect_equal "$(git ls-files -u)" ""
expect_equal "$(tail -1 a)" theirs
expect_exit 0 git session snapshot restore --force moved a
expect_equal "$(tail -1 a)" mine
expect_equal "$(git rev-parse HEAD)" "$(git rev-parse main)"
git checkout -q -- a

# Diff, with the work tree and between two, of what was untracked, too.
echo x >>b
echo u >u
expect_exit 0 git session snapshot --label two
rm u
echo y >>b
expect_exit 0 git session snapshot diff two
expect_out "+y"
expect_out "deleted file mode 100644"
expect_exit 0 git session snapshot diff two --json
expect_json '[.changes[] | .status + .path] == ["Mb", "Du"]'
expect_exit 0 git session snapshot diff two u
expect_no_out "+y"
expect_exit 0 git session snapshot diff two moved --stat
expect_out_matches "u +\|"
expect_exit 128 git session snapshot diff two nonsense
# No hook runs, no part of an index stays, and what a sparse checkout leaves out is no difference.
printf '#!/bin/sh\ntouch "%s/ran"\n' "$CASE" >.git/hooks/post-index-change
chmod +x .git/hooks/post-index-change
git update-index --split-index
rm -f "$CASE/ran"
parts=$(find .git -name 'sharedindex*' | sort)
expect_exit 0 git session snapshot diff two --json
expect_json '[.changes[] | .status + .path] == ["Mb", "Du"]'
expect_no_file "$CASE/ran"
expect_equal "$(find .git -name 'sharedindex*' | sort)" "$parts"
rm .git/hooks/post-index-change
git update-index --no-split-index
git sparse-checkout set --no-cone '/*' '!/dir/' 2>/dev/null
expect_no_file dir/d
expect_exit 0 git session snapshot diff two --json
expect_json '[.changes[] | .status + .path] == ["Mb", "Du"]'
git sparse-checkout disable
git add b
echo z >>b
expect_exit 0 git session snapshot --label three
expect_exit 0 git session snapshot show -p three
expect_out "+y"
expect_out "+z"
expect_equal "$(grep -c '^diff --git a/b' "$OUT")" 2

# A failure in the middle is put back: another git holds the index.
git checkout -q -f -- b 2>/dev/null
git reset -q --hard
: >.git/index.lock
expect_exit 128 git session snapshot restore three
expect_err "index.lock"
expect_err "everything is as it was before"
expect_equal "$(git status --porcelain --no-optional-locks 2>/dev/null || git status --porcelain)" ""
rm .git/index.lock
expect_exit 0 git session snapshot restore three
expect_equal "$(git status --porcelain)" "MM b"
