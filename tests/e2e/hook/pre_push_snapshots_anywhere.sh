# shellcheck shell=bash
# A snapshot does not leave from wherever the push is run: a bare directory, a linked worktree, a subdirectory, with
# git's variables set or core.bare wrong; not under any spelling of its name, nor hidden by grafts, replacements or a
# list of a shallow clone's ends.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
. "$E2E/snapshot_attacks.sh"
prepare_attacks

# Names.
refused_its_name() { push origin "$REF"; }
refused_its_name_as_a_branch() { push origin "$REF:refs/heads/x"; }
refused_its_short_name() { push origin "${REF#refs/}:refs/heads/x"; }
refused_a_target_below_the_prefix() { push origin "main:$REF"; }
refused_the_prefix_itself() { push origin main:refs/so-snapshots; }
refused_the_prefix_in_capitals() { push origin main:refs/SO-Snapshots/s/wave-1-x; }
refused_the_prefix_of_a_namespace() { push origin main:refs/namespaces/n/refs/so-snapshots/s/wave-1-x; }
refused_a_namespace_of_the_remote() {
  git config remote.backup.url ../origin.git
  git config remote.backup.push "+refs/*:refs/backup/*"
  push backup
}
refused_a_remote_called_as_an_option() {
  git config "remote.--help.url" ../origin.git
  push -- --help "$SNAP:refs/heads/x"
}
refused_the_remotes_path() { push ../origin.git "$SNAP:refs/heads/x"; }

# Where git is run. The last push of each leaks, unless it is stopped.
leak() { push "$@" "$SNAP:refs/heads/x"; }
refused_from_a_bare_directory() {
  git clone -q --bare . ../bare.git
  cd ../bare.git
  git fetch -q ../repo "+$REF:$REF"
  use_hook pre-push
  leak ../origin.git
}
bare_with_worktrees() {
  git init -q --bare ../bare.git
  git --git-dir=../bare.git fetch -q . "+main:main" "+$REF:$REF"
  git --git-dir=../bare.git worktree add -q ../tree main
  (cd ../bare.git && use_hook pre-push)
  cd ..
}
refused_of_a_bare_directory_elsewhere() {
  bare_with_worktrees
  expect_exit 1 git --git-dir=bare.git push -q "$PWD/origin.git" "$SNAP:refs/heads/x"
}
refused_in_a_worktree_of_a_bare_directory() {
  bare_with_worktrees
  cd tree
  leak "$CASE/copy/origin.git"
}
refused_with_core_bare() {
  git config core.bare true
  leak origin
}
refused_with_core_bare_for_once() {
  mkdir -p deep
  cd deep
  expect_exit 1 git -c core.bare=true push -q "$CASE/copy/origin.git" "$SNAP:refs/heads/x"
}
refused_of_a_bare_directory_that_says_otherwise() {
  bare_with_worktrees
  git --git-dir=bare.git config core.bare false
  expect_exit 1 git --git-dir=bare.git push -q "$PWD/origin.git" "$SNAP:refs/heads/x"
}
refused_in_a_linked_worktree() {
  git worktree add -q --detach ../tree main
  cd ../tree
  leak origin
}
refused_in_a_subdirectory() {
  cd src
  leak origin
}
refused_inside_the_git_directory() {
  cd .git
  leak "$CASE/copy/origin.git"
}
refused_with_git_dir() {
  cd ..
  GIT_DIR=repo/.git leak "$PWD/origin.git"
}
refused_with_a_relative_git_dir_and_another_work_tree() {
  mkdir ../empty
  GIT_DIR=.git GIT_WORK_TREE=../empty leak "$CASE/copy/origin.git"
}
refused_with_git_work_tree() {
  mkdir ../empty
  GIT_WORK_TREE=../empty leak "$CASE/copy/origin.git"
}
refused_with_a_common_dir() {
  git worktree add -q --detach ../tree main
  cd ../tree
  GIT_COMMON_DIR=$CASE/copy/repo/.git GIT_DIR=$(git rev-parse --absolute-git-dir) leak "$CASE/copy/origin.git"
}
refused_with_the_common_dir_of_another() {
  git init -q ../other
  expect_exit 1 env GIT_COMMON_DIR="$CASE/copy/repo/.git" GIT_DIR="$CASE/copy/other/.git" \
    git -c core.hooksPath="$CASE/copy/repo/.git/hooks" push -q "$CASE/copy/origin.git" "$SNAP:refs/heads/x"
}
refused_with_objects_elsewhere() {
  git init -q ../other
  mv .git/objects ../objects
  mkdir .git/objects
  GIT_OBJECT_DIRECTORY=$CASE/copy/objects leak "$CASE/copy/origin.git"
}

# What shows another history.
refused_behind_a_graft() {
  merge_in "$SNAP"
  mkdir -p .git/info
  echo "$(git rev-parse HEAD) $(git rev-parse HEAD~1)" >.git/info/grafts
  push origin main
}
refused_behind_a_replacement() {
  merge_in "$SNAP"
  git replace "$(git rev-parse HEAD)" "$(git commit-tree "HEAD^{tree}" -p HEAD~1 -m "chore: no merge")"
  push origin main
}
refused_behind_a_replacement_of_itself() {
  git replace -f "$SNAP" main
  git tag t "$SNAP"
  push origin t
}
refused_behind_a_forged_end() {
  merge_in "$SNAP"
  git commit -q --allow-empty -m "chore: above"
  git rev-parse HEAD~1 >.git/shallow
  push origin main:refs/heads/x
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

run_attacks
