#!/usr/bin/env bash
# In a repository that a group shares, everything that is written into the git directory is the group's, as git has it;
# gates and what they write keep the user's umask.
. "$E2E/lib.sh"
. "$E2E/close.sh"

for mask in 022 027 077; do
  umask $mask
  git init -q --shared=group "$CASE/shared-$mask"
  cd "$CASE/shared-$mask"
  echo 1 >README.md
  git session init --local >/dev/null 2>&1
  git add -A
  git commit -q -m "chore: begin"
  mkdir src
  git session config test-command 'umask >../umask; : >src/made' >/dev/null
  : >"$CASE/mark"
  touch -d '1 minute ago' "$CASE/mark"
  echo 2 >>README.md
  start_session --scope 'src/a.c'
  echo 'int a;' >src/a.c
  git session snapshot -q >/dev/null
  git session issue create --title "An issue" >/dev/null
  expect_exit 0 git session close --yes --no-push
  expect_equal "$(find .git -newer "$CASE/mark" -type d ! -perm -g+rwxs -printf '%M %P\n')" "" "umask $mask: directories"
  expect_equal "$(find .git -newer "$CASE/mark" -type f ! -name COMMIT_EDITMSG ! -perm -g+r -printf '%M %P\n')" "" "umask $mask: files"
  expect_equal "$(find .git/git-session -type f ! -perm -g+w -printf '%M %P\n')" "" "umask $mask: files to write"
  expect_equal "$(cat ../umask)" 0$mask
  expect_equal "$(stat -c %a src/made)" "$(printf %o $((0666 & ~0$mask)))"
done
