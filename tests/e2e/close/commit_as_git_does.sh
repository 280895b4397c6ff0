#!/usr/bin/env bash
# What git's own commit takes care of: times of index entries, refs, hooks, pruned objects.
. "$E2E/lib.sh"
. "$E2E/close.sh"

hook() { # NAME BODY
  printf '#!/bin/sh\n%s\n' "$2" >".git/hooks/$1"
  chmod +x ".git/hooks/$1"
}
scene() { # NAME [start's options]
  session_repo "$1"
  mkdir -p src
  echo theirs >theirs
  echo a >src/a
  git add .
  git commit -qm "chore: begin"
  echo dirty >>theirs
  start_session --scope "src/" "${@:2}"
  echo ours >>src/a
}
close() { expect_exit 0 git session close --json --no-push "$@"; }

# An entry changed within the second in which it was added does not become clean when ours are written.
session_repo racy
echo aa >racy
git add racy
git commit -qm "chore: racy"
echo bb >racy
start_session --scope "src/"
sleep 1.1
mkdir -p src
echo new >src/a
close
expect_equal "$(git status --porcelain)" " M racy"

# A hook that adds everything is judged on a continued close as well.
scene swept
hook pre-commit "git diff --cached --name-only | grep -q sessions.jsonl || exit 0
[ -e '$CASE/once' ] || { touch '$CASE/once'; exit 1; }
git add -u"
expect_exit 1 git session close --json --no-push
expect_exit 1 git session close --continue --json --no-push
expect_json 'any(.phases[]; .id == "records" and (.detail | contains("theirs")))'
rm .git/hooks/pre-commit
close --continue
expect_equal "$(git status --porcelain)" " M theirs"

# git update-ref moves the branch and is killed before it can report that.
scene killed-ref
hook reference-transaction "[ \"\$1\" = committed ] && [ ! -e '$CASE/once-ref' ] && grep -q refs/heads/ && { touch '$CASE/once-ref'; kill -9 \$PPID; }
exit 0"
close
expect_file "$CASE/once-ref"
expect_json '.commits | length == 1'
expect_equal "$(git status --porcelain)" " M theirs"

# Commits of an unfinished close that were rewritten and pruned break neither --continue nor --abort.
for way in continue abort; do
  scene "pruned-$way"
  hook pre-commit "! git diff --cached --name-only | grep -q sessions.jsonl"
  expect_exit 1 git session close --json --no-push
  git commit -q --amend --no-verify -m "feat: rewritten" -- src/a 2>/dev/null || git commit -q --amend --no-verify --only -m "feat: rewritten"
  git reflog expire --expire=now --all
  git gc -q --prune=now
  rm .git/hooks/pre-commit
  expect_exit 0 git session close --$way --json
  expect_no_file .git/index.lock
  expect_no_file "$(journal)"
done

# A file that becomes a directory, in two items.
session_repo becomes
echo a >a
echo f >f
git add .
git commit -qm "chore: begin"
start_session --plan "$(plan '[[item]]
title = "Below"
files = ["a/**"]
[[item]]
title = "Beside"
files = ["a", "f"]')"
rm a
mkdir a
echo x >a/b
echo g >f
close
expect_equal "$(git show HEAD:a/b)" x
expect_equal "$(git status --porcelain)" ""
git rev-parse -q --verify HEAD~1:a/b >/dev/null || fail "the removal did not go with the addition"

# What others stage below a path that the session turns into a file stays staged.
scene clash
hook pre-commit "unset GIT_INDEX_FILE
git update-index --add --cacheinfo 100644,\$(git hash-object -w theirs),src/new/below"
echo file >src/new
close
git ls-files --error-unmatch src/new/below >/dev/null || fail "not staged any more"

# A branch that is a symbolic ref to another moves that one.
scene alias
git session close --abort >/dev/null 2>&1 || true
git symbolic-ref refs/heads/alias refs/heads/main
close
expect_equal "$(git symbolic-ref refs/heads/alias)" refs/heads/main

# In a file of appended lines, a line staged by others stays, and so does the close's.
session_repo grows
mkdir -p .orchestrator/metrics src
echo '{"session_id":"first"}' >.orchestrator/metrics/sessions.jsonl
git add .
git commit -qm "chore: a record"
echo '{"session_id":"staged"}' >>.orchestrator/metrics/sessions.jsonl
git add .
start_session --scope "src/"
echo a >src/a
close
expect_equal "$(git diff --cached --numstat -- .orchestrator/metrics/sessions.jsonl | cut -f1,2)" "$(printf '1\t0')"

# Right after a close, plumbing reports a clean tree as clean, and hooks saw the committer.
scene clean
git checkout -q theirs
hook pre-commit "echo \"\$GIT_AUTHOR_NAME <\$GIT_AUTHOR_EMAIL>\" >'$CASE/author'"
close
git diff-files --quiet || fail "diff-files calls it dirty"
git diff-index --quiet HEAD -- || fail "diff-index calls it dirty"
expect_equal "$(cat "$CASE/author")" "Test Person <test@example.org>"

# Another git holds the index longer than the close waits: that is reported, with what to do.
scene held
touch .git/index.lock
expect_exit 128 git session close --json --no-push
expect_json '.error.hint | contains("remove that lock file") and contains("--continue")'
expect_file .git/index.lock
rm .git/index.lock
close --continue
expect_equal "$(git status --porcelain)" " M theirs"
