#!/usr/bin/env bash
# The checkout is what git makes of the tree: line ends, filters, sparse patterns, no hooks; git inside it answers as in
# the work tree, whatever the environment says, and neither index nor refs are touched.
. "$E2E/lib.sh"
. "$E2E/close.sh"

gate() { jq -r ".phases[] | select(.id == \"gate\") | $1" "$OUT"; }
isolated() { # COMMAND of the gate
  git config session.test-command "$1"
  expect_exit 0 git session close --isolated --dry-run --json --decide unclaimed=leave
  expect_equal "$(gate .outcome)" ok "$(gate '.summary + .detail')"
}

new_repo
git tag -a -m one v1
commit_file other/b "two"
git config core.autocrlf true
git config core.safecrlf false
commit_file crlf.txt "line" 2>/dev/null
for hook in post-checkout post-index-change reference-transaction; do
  printf '#!/bin/sh\ntouch "%s/%s"\n' "$CASE" "$hook" >".git/hooks/$hook"
  chmod +x ".git/hooks/$hook"
done
git config session.test-command true
start_session --scope src/
mkdir src
echo "int a;" >src/a.c
echo "changed by another session" >>README.md
git add README.md
rm -f "$CASE/post-checkout" "$CASE/post-index-change" "$CASE/reference-transaction"
cp .git/index "$CASE/index"
refs=$(git for-each-ref)

isolated 'test -e src/a.c'
for hook in post-checkout post-index-change reference-transaction; do expect_no_file "$CASE/$hook"; done
rm .git/hooks/*
isolated 'test "$(git describe --dirty)" = v1-2-g'"$(git rev-parse --short HEAD)"'-dirty && test "$(git ls-files | paste -sd,)" = README.md,crlf.txt,other/b,src/a.c && test "$(git diff --cached --name-only)" = src/a.c && test "$(git diff --name-only)" = ""'
isolated 'test "$(git rev-parse HEAD)" = '"$(git rev-parse HEAD)"' && ! git symbolic-ref -q HEAD'
isolated 'test "$(basename "$PWD")" = repo && ! grep -q changed README.md && test "$PWD" = "$(git rev-parse --show-toplevel)"'
isolated 'test "$(od -An -c crlf.txt | tr -d " ")" = "line\\r\\n"'
cmp .git/index "$CASE/index" || fail "the index was changed"
expect_equal "$(git for-each-ref)" "$refs"

# What binds git to the work tree does not reach the gate, from a directory below it or from the environment.
git config session.test-command 'test "${GIT_DIR-}${GIT_INDEX_FILE-}${GIT_WORK_TREE-}" = "" && git ls-files --error-unmatch src/a.c && test "$SOURCES" = "$PWD/src" && test "$BESIDE" = '"$PWD-2/src"
(
  cd src
  SOURCES=$CASE/repo/src BESIDE=$CASE/repo-2/src GIT_DIR=$CASE/repo/.git GIT_WORK_TREE=$CASE/repo GIT_INDEX_FILE=$CASE/repo/.git/index \
    expect_exit 0 git session close --isolated --dry-run --json --decide unclaimed=leave
)
expect_equal "$(gate .outcome)" ok "$(gate '.summary + .detail')"

# Sparse: the same patterns, and it is said.
git sparse-checkout set src
isolated 'test -e src/a.c && test ! -e other'
expect_equal "$(gate '.findings[].title')" "sparse checkout: the paths that it leaves out are not there"
git sparse-checkout disable

# Submodules are not covered.
git init -q "$CASE/library"
git -C "$CASE/library" commit -q --allow-empty -m "chore: library"
git submodule --quiet add "$CASE/library" lib
git commit -q -m "chore: library" -- lib .gitmodules
git config submodule.recurse true
isolated 'test -d lib && test ! -e lib/.git'
expect_equal "$(gate '.findings[].title')" "submodules are empty there: lib"
git config --unset submodule.recurse

# A filter that fails: git's words, and nothing is left.
echo 'src/a.c filter=locked' >.git/info/attributes
git config filter.locked.smudge 'sh -c "echo the key is missing >&2; exit 1"'
git config filter.locked.clean cat
git config filter.locked.required true
git config session.test-command 'test -e src/a.c'
expect_exit 1 git session close --isolated --json --decide unclaimed=leave
expect_equal "$(gate .outcome)" block
expect_equal "$(gate '.summary | contains("cannot be checked out") and contains("smudge")')" true "$(gate .summary)"
expect_equal "$(ls -A "$HOME/.cache/git-session/gates")" ""
expect_no_file .git/worktrees
git config filter.locked.smudge cat
expect_exit 0 git session close --continue --json --yes
expect_json '.status == "closed" and .report.tested_tree == $tree' --arg tree "$(file_oid "HEAD^{tree}")"

# An unborn branch has a checkout too.
git init -q "$CASE/unborn"
cd "$CASE/unborn"
git config session.test-command 'test "$(git diff --cached --name-only HEAD)" = src/a.c'
start_session --scope src/
mkdir src && echo 1 >src/a.c
expect_exit 0 git session close --isolated --json
expect_json '.status == "closed" and .report.tested_tree == $tree' --arg tree "$(file_oid "HEAD^{tree}")"

# Large files, where git-lfs is there.
if git lfs version >/dev/null 2>&1; then
  new_repo lfs
  git lfs install --local >/dev/null
  git lfs track '*.bin' >/dev/null
  git add .gitattributes
  git commit -q -m "chore: lfs"
  git config session.test-command 'test "$(cat big.bin new.bin | paste -sd,)" = large,new'
  commit_file big.bin large
  start_session --scope new.bin
  echo new >new.bin
  expect_exit 0 git session close --isolated --json
  expect_json '.status == "closed"'
  expect_equal "$(git cat-file -p HEAD:new.bin | head -1)" "version https://git-lfs.github.com/spec/v1"
fi

# Nothing is fetched for it in a partial clone.
new_repo origin
commit_file lazy "not fetched"
git config uploadpack.allowFilter true
cd "$CASE"
git clone -q --filter=blob:none --no-checkout "file://$CASE/origin" partial
cd partial
git config session.test-command 'test -e README.md'
git reset -q
git update-index --skip-worktree lazy README.md
start_session --scope src/
mkdir src && echo 1 >src/a
objects=$(git rev-list --objects --missing=print HEAD | grep -c '^?')
expect_exit 1 git session close --isolated --json
expect_equal "$(gate .outcome)" block
expect_equal "$(gate '.hint | contains("partial clone")')" true "$(gate '.summary + .hint')"
expect_equal "$(git rev-list --objects --missing=print HEAD | grep -c '^?')" "$objects"
