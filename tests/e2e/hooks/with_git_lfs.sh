#!/usr/bin/env bash
# git-lfs's own pre-push gets its input beside ours: the objects arrive.
. "$E2E/lib.sh"
. "$E2E/hooks.sh"
command -v git-lfs >/dev/null || skip "no git-lfs here"

new_repo
record_hooks
git init -q --bare "$CASE/origin.git"
git remote add origin "file://$CASE/origin.git"
git config --global filter.lfs.process "git-lfs filter-process"
git config --global filter.lfs.required true
git config --global filter.lfs.clean "git-lfs clean -- %f"
git config --global filter.lfs.smudge "git-lfs smudge -- %f"
git lfs install --local >/dev/null
expect_file .git/hooks/pre-push
remember_hooks
expect_exit 0 git session hooks install
expect_state pre-push chained
expect_state post-commit chained
git lfs track '*.bin' >/dev/null

arrives() { # CONTENT
  echo "$1" >big.bin
  git add -A
  git commit -q -m "feat: a large file"
  : >"$CASE/calls"
  expect_exit 0 git push -q origin main
  grep -q '^< refs/heads/' "$CASE/calls" || fail "ours did not see the push"
  local oid
  oid=$(echo "$1" | sha256sum | cut -d' ' -f1)
  expect_file "$CASE/origin.git/lfs/objects/${oid:0:2}/${oid:2:2}/$oid"
}
arrives one
# A "no" comes before anything is uploaded.
echo two >big.bin
git commit -q -am "feat: another"
answer 1
expect_exit 1 git push -q origin main
expect_equal "$(find "$CASE/origin.git/lfs/objects" -type f | wc -l)" 1
rm "$CASE/answer"
expect_exit 0 git push -q origin main
expect_equal "$(find "$CASE/origin.git/lfs/objects" -type f | wc -l)" 2
# git-lfs leaves a hook that is not its own alone.
git lfs update >/dev/null 2>&1 || true
git lfs install --local >/dev/null 2>&1 || true
arrives three
expect_exit 0 git session hooks uninstall
expect_same_hooks
