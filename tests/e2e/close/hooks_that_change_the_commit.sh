#!/usr/bin/env bash
# What a hook makes of a commit is compared with its plan: its own files are named, what was there before stops the close
# before the branch moves.
. "$E2E/lib.sh"
. "$E2E/close.sh"
session_repo
bare_remote
commit_file src/a.c "int a;"
commit_file src/old.c "int old;"
echo ".env" >.gitignore
git add .gitignore
git commit -q -m "chore: ignore"

hook() { # hook NAME SCRIPT
  printf '#!/bin/sh\ngit diff --cached --quiet -- src && exit 0\n%s\n' "$2" >".git/hooks/$1"
  chmod +x ".git/hooks/$1"
}
hooks_said() { jq -r '.commits[-1].hooks' "$OUT"; }
number=0
session() { # a session with a change of its own
  rm -f .git/hooks/*
  number=$((number + 1))
  start_session --scope "src/"
  echo "int a$number;" >>src/a.c
  head=$(git rev-parse HEAD)
}
closes() { expect_exit 0 git session close --json --no-push --decide unclaimed=leave; }
stops() { # the branch has not moved, and what the user had staged is as it was
  expect_outcome commit block
  expect_equal "$(git rev-parse HEAD)" "$head"
  expect_equal "$(git diff --cached --name-only)" ""
}
goes_on() {
  rm -f .git/hooks/*
  expect_exit 0 git session close --json --no-push --continue
}

# Added, rewritten, removed, left out: the hook's own, and said.
session
hook pre-commit 'echo generated >generated.h; echo formatted >>src/a.c; git add generated.h src/a.c; git rm -qf src/old.c'
closes
expect_equal "$(hooks_said)" "the pre-commit hook added generated.h, changed src/a.c, removed src/old.c"
expect_json '[.phases[] | select(.id == "commit") | .detail] | .[0] | contains("the pre-commit hook added generated.h")'
expect_equal "$(git status --porcelain)" ""
session
echo "int b;" >src/b.c
hook pre-commit 'git reset -q -- src/b.c'
closes
expect_equal "$(hooks_said)" "the pre-commit hook left out src/b.c"
expect_equal "$(git status --porcelain)" "?? src/b.c"
rm src/b.c
session
hook commit-msg 'printf "\nReviewed-by: Hook\n" >>"$1"'
closes
expect_equal "$(hooks_said)" "a hook changed the message"
session
hook pre-commit 'true'
closes
expect_equal "$(hooks_said)" ""
session
hook pre-commit 'for i in 1 2 3 4 5 6 7; do echo $i >"g$i"; git add "g$i"; done'
expect_exit 0 git session close --no-push --decide unclaimed=leave
cat "$OUT" "$ERR" >"$CASE/said"
expect_file_has "$CASE/said" "the pre-commit hook added g1, g2, g3, g4, g5 and 2 more"

# Swept in: untracked, changed and removed files of others, ignored ones, and the rest of a file that is committed in part.
session
echo theirs >theirs.txt
hook pre-commit 'git add -A'
expect_exit 1 git session close --json --no-push --decide unclaimed=leave
stops
expect_json '[.phases[] | select(.id == "commit") | .detail] | .[0] | contains("theirs.txt")'
goes_on
expect_equal "$(git status --porcelain)" "?? theirs.txt"
rm theirs.txt
session
echo theirs >>README.md
git rm -q --cached generated.h && rm generated.h
git reset -q
hook pre-commit 'git add -u'
expect_exit 1 git session close --json --no-push --decide unclaimed=leave
stops
expect_json '[.phases[] | select(.id == "commit") | .detail] | .[0] | contains("README.md\ngenerated.h")'
goes_on
git checkout -q -- README.md generated.h
echo TOKEN=1 >.env
touch -d "1 hour ago" .env
session
hook pre-commit 'git add -f .env'
expect_exit 1 git session close --json --no-push --decide unclaimed=leave
stops
goes_on
expect_equal "$(git ls-files .env)" ""
session
git add src/a.c
echo "not yet" >>src/a.c
hook pre-commit 'git add -u'
expect_exit 1 git session close --json --no-push --decide unclaimed=leave
expect_outcome commit block
expect_equal "$(git rev-parse HEAD)" "$head"
expect_equal "$(git show :src/a.c | tail -1)" "int a$number;"
goes_on
expect_equal "$(git show HEAD:src/a.c | tail -1)" "int a$number;"
git checkout -q -- src/a.c

# Refused by the hook itself.
session
hook pre-commit 'echo "not today" >&2; exit 1'
expect_exit 1 git session close --json --no-push --decide unclaimed=leave
stops
goes_on

# A secret that a hook adds: in a file of its own, in one of the commit, in the message.
secret="ghp""_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17" # put together, so that this file holds none
for script in "echo $secret >generated.txt; git add generated.txt" "echo $secret >>src/a.c; git add src/a.c"; do
  session
  hook pre-commit "$script"
  expect_exit 2 git session close --json --no-push --decide unclaimed=leave
  stops
  expect_json '.decisions[-1].id == "secrets"'
  grep -q "$secret" "$OUT" && fail "the secret is shown"
  git checkout -q -- src/a.c
  echo "int clean$number;" >>src/a.c
  rm -f generated.txt
  goes_on
done
session
hook commit-msg "echo $secret >>\"\$1\""
expect_exit 2 git session close --json --no-push --decide unclaimed=leave
stops
expect_exit 0 git session close --json --no-push --continue --decide secrets=override
git log -1 --format=%B | grep -q "$secret" || fail "the decision did not count"
