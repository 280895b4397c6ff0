#!/usr/bin/env bash
# After an undo everything is as before the close, entry for entry: branch, index with what others have staged, tree,
# records, issues, snapshots; the session is open again and can be closed.
. "$E2E/lib.sh"
. "$E2E/close.sh"

# What the session and everybody else have in this repository, but for times of files and the reflog.
describe_everything() {
  describe_tree
  git ls-files -v
  git diff --name-only --diff-filter=A # intent to add
  git for-each-ref
  (cd .git/git-session && find . -type f -not -path './locks/*' -not -name '*.lock' -not -name lock \
    -not -path './close/*' -not -path './undo/*' -not -name snapshot-sizes -not -path './temp*' -exec sha1sum {} + | LC_ALL=C sort -k2)
}

for home in private tracked; do
  new_repo "$home"
  git session init --records $home >/dev/null 2>&1
  seq 30 >mixed
  seq 30 >both
  for file in src/a.c src/b.c src/gone.c other.txt staged.txt; do commit_file $file; done
  git add -A
  git commit -q --allow-empty -m "chore: set up"
  git config session.vcs local
  mkdir -p "$(dirname "$(git rev-parse --git-path git-session/x)")"
  # Others' work, from before.
  echo theirs >>other.txt
  echo theirs >>staged.txt
  git add staged.txt
  sed -i '1s/.*/theirs/' mixed
  git add mixed
  sed -i '1s/.*/theirs/' both
  echo intended >intended.txt
  git add -N intended.txt
  start_session --plan "$(plan '[[item]]
title = "First"
files = ["src/**", "mixed", "both"]
[[item]]
title = "Second"
files = ["docs/**"]
[[item]]
title = "Later"
files = ["later/**"]
why = "no time"')" --scope 'extra/**'
  git session snapshot -q --label mine >/dev/null
  # The session's: unstaged, staged, partly staged, new, removed, and in files that others have changed.
  echo 1 >>src/a.c
  echo 1 >>src/b.c
  git add src/b.c
  echo 2 >>src/b.c
  git rm -q src/gone.c
  mkdir -p docs extra
  echo 1 >docs/new.md
  echo 1 >docs/intended.md
  git add -N docs/intended.md
  echo 1 >docs/staged.md
  git add docs/staged.md
  echo 1 >extra/file
  sed -i '30s/.*/ours/' mixed both
  git session learn -q --type scope-guidance --subject small --insight "take smaller steps"
  git session claim -q other.txt
  git session claim -q --drop other.txt
  describe_everything >"$CASE/before"
  head=$(git rev-parse HEAD)

  expect_exit 1 git session undo
  expect_err "there is nothing to undo"
  expect_exit 0 git session close --yes --no-push
  expect_out "Undo: git session undo"
  tip=$(git rev-parse HEAD)
  [ "$tip" != "$head" ] || fail "nothing was committed"
  git fsck --strict --no-dangling >/dev/null 2>&1 || fail "fsck"

  describe_everything >"$CASE/closed"
  expect_exit 0 git session undo -n --json
  expect_json '.schema == "git-session/undo/1" and .status == "dry-run" and .tip == $tip and .head == $head and .left == [] and (.files | length) > 3 and (.snapshots | length) == 2' \
    --arg tip "$tip" --arg head "$head"
  describe_everything | diff "$CASE/closed" - || fail "-n has changed something"

  # What only the undo needs is not git's to delete.
  git -c gc.reflogExpire=now -c gc.reflogExpireUnreachable=now gc -q --prune=now
  expect_exit 0 git session undo --json
  expect_json '.status == "undone" and .left == [] and .staged == [] and .filed == [] and .warnings == []'
  describe_everything | diff "$CASE/before" - || fail "it is not as it was"
  git fsck --strict --no-dangling >/dev/null 2>&1 || fail "fsck"
  expect_equal "$(git for-each-ref 'refs/so-snapshots/@undo')" ""

  expect_exit 1 git session undo
  expect_err "there is nothing to undo"
  expect_exit 0 git session status --json
  expect_json '.session != null and .state == "active" and (.items | length) == 3 and (.snapshots | length) == 2'

  # Closed once more it ends as the first time.
  expect_exit 0 git session close --yes --no-push --json
  expect_equal "$(git rev-parse "HEAD^{tree}")" "$(git rev-parse "HEAD^{tree}")"
  expect_exit 0 git session undo
  expect_out "Undone: the close of"
  expect_out "main is back at ${head:0:10}"
  expect_out "The session is open again"
  describe_everything | diff "$CASE/before" - || fail "it is not as it was the second time"
done

# The first commit of a branch.
git init -q "$CASE/unborn"
cd "$CASE/unborn"
git session init --local >/dev/null 2>&1
start_session
echo 1 >one
echo 2 >two
git add two
git ls-files --stage >"$CASE/index"
expect_exit 0 git session close --yes --json
expect_exit 0 git session undo
expect_out "back at no commit at all"
expect_equal "$(git rev-parse -q --verify HEAD || echo unborn)" unborn
git ls-files --stage | diff "$CASE/index" - || fail "the index is not as it was"
expect_equal "$(cat one two | tr '\n' ' ')" "1 2 "
expect_exit 0 git session close --yes --json

# Nothing was committed: the records alone are taken back.
new_repo bare_records
git session init --local >/dev/null 2>&1
start_session
expect_exit 0 git session close --yes
expect_out "Undo: git session undo"
expect_equal "$(wc -l <.git/git-session/records/sessions.jsonl)" 1
expect_exit 0 git session undo
expect_no_file .git/git-session/records/sessions.jsonl
expect_exit 0 git session close --yes
session_repo waiting
start_session
remember_tree
expect_exit 0 git session close --yes
expect_file .git/git-session/waiting-records.jsonl
expect_exit 0 git session undo
expect_same_tree
expect_no_file .git/git-session/waiting-records.jsonl

# Detached, and with a hook that changes what is committed.
new_repo detached
git session init --local >/dev/null 2>&1
git checkout -q --detach
printf '#!/bin/sh\necho generated >generated.h\ngit add generated.h\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
start_session
echo 1 >one
head=$(git rev-parse HEAD)
git ls-files --stage >"$CASE/index"
expect_exit 0 git session close --yes --json
expect_equal "$(git ls-tree --name-only HEAD | tr '\n' ' ')" "README.md generated.h one "
expect_exit 0 git session undo --json
expect_equal "$(git rev-parse HEAD) $(git symbolic-ref -q HEAD || echo detached)" "$head detached"
git ls-files --stage | diff "$CASE/index" - || fail "the index is not as it was"
