#!/usr/bin/env bash
# The hook files that husky 9 and 8, lefthook 2, simple-git-hooks 2 and pre-commit 3 wrote (recorded-hooks/) are recognised,
# and none of them is written.
. "$E2E/lib.sh"
. "$E2E/hooks.sh"

recorded=$E2E/recorded-hooks
stays() { # MANAGER ADVICE: nothing is written, and this is printed
  remember_hooks
  expect_exit 1 git session hooks install
  expect_err "$2"
  expect_same_hooks
  expect_state post-commit "${3:-missing}" ".manager == \"$1\""
}

new_repo husky-9
mkdir .husky
cp -r "$recorded/husky-9" .husky/_
echo '*' >.husky/_/.gitignore
git config core.hooksPath .husky/_
stays husky "write a file '.husky/post-commit'"
echo 'echo theirs' >.husky/post-commit
stays husky "add to '.husky/post-commit'" foreign
expect_exit 1 git session hooks install --force
expect_same_hooks

new_repo husky-8
cp -r "$recorded/husky-8" .husky
git config core.hooksPath .husky
stays husky "write an executable file '.husky/post-commit'"

for manager in lefthook simple-git-hooks; do
  new_repo $manager
  install -m 755 "$recorded/$manager" .git/hooks/post-commit
  cp -p .git/hooks/post-commit "$CASE/theirs"
  expect_exit 1 git session hooks install
  expect_state post-commit foreign ".manager == \"$manager\""
  cmp "$CASE/theirs" .git/hooks/post-commit || fail "$manager's hook was written"
done

new_repo pre-commit
install -m 755 "$recorded/pre-commit" .git/hooks/post-commit
expect_exit 0 git session hooks install
cmp "$recorded/pre-commit" .git/hooks/post-commit || fail "pre-commit's hook was written"
expect_state post-commit installed '.manager == "pre-commit" and .path == ".git/hooks/post-commit.legacy"'
