# shellcheck shell=bash
# Ordinary commits, merges, stashes and tags leave, wherever the push is run; how snapshots are held is in tests/attacks.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
. "$E2E/beside_snapshots.sh"
prepare_template

bare_with_worktrees() {
  git init -q --bare ../bare.git
  git --git-dir=../bare.git fetch -q . "+main:main" "+$REF:$REF"
  git --git-dir=../bare.git worktree add -q ../tree main
  (cd ../bare.git && use_hook pre-push)
  cd ..
}
passes_from_a_shallow_clone() {
  git push -q --no-verify origin main
  git clone -q --depth 1 "file://$CASE/copy/origin.git" ../shallow
  cd ../shallow
  use_hook pre-push
  git commit -q --allow-empty -m "chore: above"
  push origin HEAD:refs/heads/x
}
passes_from_a_clone_without_blobs() {
  git config uploadpack.allowFilter true
  git -C ../origin.git config uploadpack.allowFilter true
  git clone -q --no-checkout --filter=tree:0 "file://$CASE/copy/origin.git" ../partial
  cd ../partial
  use_hook pre-push
  push origin origin/main~1:refs/heads/x
}
passes_from_a_bare_directory() {
  bare_with_worktrees
  expect_exit 0 git --git-dir=bare.git push -q "$PWD/origin.git" main:refs/heads/x
}
passes_with_core_bare() {
  git config core.bare true
  push origin main:refs/heads/x
}
passes_with_a_common_dir() {
  git worktree add -q --detach ../tree main
  cd ../tree
  GIT_COMMON_DIR=$CASE/copy/repo/.git GIT_DIR=$(git rev-parse --absolute-git-dir) push "$CASE/copy/origin.git" main:x
}
passes_beside_a_name_that_is_like_it() { push origin main:refs/heads/so-snapshots/x main:refs/heads/xrefs/so-snapshots; }
passes_the_branch() {
  git commit -q -m "feat: staged"
  push origin main
}
passes_a_commit_with_its_tree() { push origin "$(remake "$SNAP^{tree}" -p main):refs/heads/x"; }
passes_the_merge_of_a_branch_of_one_commit() {
  git stash -q
  git checkout -q -b topic
  commit_file topic.c
  git checkout -q main
  git merge -q --no-ff --no-edit topic
  push origin main
}
passes_the_merge_of_what_was_staged() {
  git reset -q --hard
  echo staged >src/staged.c
  git add -A src
  git session snapshot --label all >/dev/null 2>&1
  git checkout -q -b topic
  git commit -q -m "feat: staged"
  git checkout -q main
  git merge -q --no-ff --no-edit topic
  push origin main
}
passes_the_merge_of_what_was_changed() {
  git checkout -q -b topic
  git commit -q -a -m "feat: all of it"
  git commit -q --allow-empty -m "feat: and on"
  git checkout -q main
  git merge -q --no-ff --no-edit topic
  push origin main topic
}
passes_an_octopus_merge_with_an_unrelated_branch() {
  git reset -q --hard
  rm -rf secret.txt private
  git checkout -q -b topic
  commit_file topic.c
  git checkout -q --orphan unrelated
  git rm -qrf .
  commit_file unrelated/a.c
  git checkout -q main
  git read-tree -m -u main
  local tree
  tree=$( (git ls-tree main && git ls-tree topic topic.c && git ls-tree unrelated) | git mktree)
  push origin "$(git commit-tree "$tree" -p main -p topic -p unrelated -m "Merge both"):refs/heads/x"
}
passes_an_octopus_merge_that_takes_nothing() {
  git branch topic "$(remake "$(printf '100644 blob %s\tx\n' "$(git rev-parse main:README.md)" | git mktree)" -p main)"
  local unrelated
  unrelated=$(remake "$(printf '100644 blob %s\ty\n' "$(git rev-parse main:README.md)" | git mktree)")
  push origin "$(git commit-tree "main^{tree}" -p main -p topic -p "$unrelated" -m "Merge both"):refs/heads/x"
}
passes_an_unrelated_branch() {
  git checkout -q -f --orphan unrelated
  git rm -qrf .
  commit_file unrelated/a.c
  push origin unrelated
}
passes_the_first_commit_of_what_was_untracked() {
  git init -q ../new
  cd ../new
  git remote add origin ../origin.git
  echo text >a.txt
  git session snapshot --session s --label first >/dev/null 2>&1 || fail "no snapshot"
  use_hook pre-push
  git add -A
  git commit -q -m "chore: first"
  push origin HEAD:refs/heads/new
}
passes_the_branch_beside_a_stash() {
  git stash -q -u
  git commit -q --allow-empty -m "chore: nothing"
  push origin main
}
passes_the_users_own_stash() {
  git reset -q --hard
  rm -rf secret.txt private
  echo own >own.txt
  echo own >>src/b.c
  git stash -q -u
  push origin stash:refs/heads/stashed
}
passes_a_tagged_file_of_a_commit() {
  git tag -a -m t t1 main:README.md
  git tag t2 main:src/b.c
  push origin t1 t2
}
passes_deletions() {
  git push -q --no-verify origin "main:refs/heads/x" "$SNAP:$REF"
  push origin ":x" ":$REF"
  expect_equal "$(git ls-remote origin | wc -l)" 2
}
passes_what_the_remote_has_below() {
  merge_in "$SNAP"
  git push -q --no-verify origin main
  git commit -q --allow-empty -m "chore: above"
  push origin main
}

run_passes
