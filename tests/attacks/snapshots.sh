# shellcheck shell=bash
# Ways to push a snapshot, which holds what was dirty: private, unfinished, never committed. Canary: a ref of the remote has
# changed, or an object that only the snapshot has is in it.

prepare() {
  new_repo
  init_tracked
  mkdir src
  echo one >src/a.c && echo two >src/b.c
  commit_all
  git push -q -u origin main
  git remote set-url origin ../origin.git
  git config advice.nestedTag false
  start --title x
  echo staged >src/staged.c
  git add src/staged.c
  echo changed >>src/a.c
  mkdir -p private
  echo token >secret.txt
  echo key >private/deep.key
  must git session snapshot --label save
  use_hook pre-push
  git rev-list --objects --all --not main | cut -d' ' -f1 | sort >"$CASE/private-objects"
  git ls-remote "$CASE/origin.git" >"$CASE/refs-before"
}
use_hook() {
  mkdir -p "$(git rev-parse --git-path hooks)"
  printf '#!/bin/sh\nexec git-session hook pre-push "$@"\n' >"$(git rev-parse --git-path hooks)/$1"
  chmod +x "$(git rev-parse --git-path hooks)/$1"
}
# Some attacks configure git; REF and SNAP are the snapshot's.
outside() { :; }
arrive() {
  REF=$(git for-each-ref --format='%(refname)' refs/so-snapshots | grep save)
  SNAP=$(git rev-parse "$REF")
}
judge() {
  [ "$(git ls-remote "$CASE/origin.git")" = "$(cat "$CASE/refs-before")" ] || through "the remote has it: $(git ls-remote "$CASE/origin.git" | diff "$CASE/refs-before" - | tail -n 1)"
  git -C "$CASE/origin.git" cat-file --batch-all-objects --batch-check='%(objectname)' | sort | comm -12 - "$CASE/private-objects" | grep -q . && through "objects of it are in the remote"
}
push() { run git push -q "$@"; }
merge_in() {
  git reset -q
  git merge -q --no-edit -s ours "$@"
}
forget() { git update-ref -d "$REF"; }
remake() { git commit-tree "$@" -m "chore: something else"; }

# Names.
try_its_name() { push origin "$REF"; }
try_its_name_as_a_branch() { push origin "$REF:refs/heads/x"; }
try_its_short_name() { push origin "${REF#refs/}:refs/heads/x"; }
try_a_target_below_the_prefix() { push origin "main:$REF"; }
try_the_prefix_itself() { push origin main:refs/so-snapshots; }
try_the_prefix_in_capitals() { push origin main:refs/SO-Snapshots/s/wave-1-x; }
try_the_prefix_of_a_namespace() { push origin main:refs/namespaces/n/refs/so-snapshots/s/wave-1-x; }
try_a_namespace_of_the_remote() {
  git config remote.backup.url ../origin.git
  git config remote.backup.push "+refs/*:refs/backup/*"
  push backup
}
try_a_remote_called_as_an_option() {
  git config "remote.--help.url" ../origin.git
  push -- --help "$SNAP:refs/heads/x"
}
try_the_remotes_path() { push ../origin.git "$SNAP:refs/heads/x"; }

# Where git is run. The last push of each leaks, unless it is stopped.
leak() { push "$@" "$SNAP:refs/heads/x"; }
try_from_a_bare_directory() {
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
try_of_a_bare_directory_elsewhere() {
  bare_with_worktrees
  run git --git-dir=bare.git push -q "$PWD/origin.git" "$SNAP:refs/heads/x"
}
try_in_a_worktree_of_a_bare_directory() {
  bare_with_worktrees
  cd tree
  leak "$CASE/origin.git"
}
try_with_core_bare() {
  git config core.bare true
  leak origin
}
try_with_core_bare_for_once() {
  mkdir -p deep
  cd deep
  run git -c core.bare=true push -q "$CASE/origin.git" "$SNAP:refs/heads/x"
}
try_of_a_bare_directory_that_says_otherwise() {
  bare_with_worktrees
  git --git-dir=bare.git config core.bare false
  run git --git-dir=bare.git push -q "$PWD/origin.git" "$SNAP:refs/heads/x"
}
try_in_a_linked_worktree() {
  git worktree add -q --detach ../tree main
  cd ../tree
  leak origin
}
try_in_a_subdirectory() {
  cd src
  leak origin
}
try_inside_the_git_directory() {
  cd .git
  leak "$CASE/origin.git"
}
try_with_git_dir() {
  cd ..
  GIT_DIR=repo/.git leak "$PWD/origin.git"
}
try_with_a_relative_git_dir_and_another_work_tree() {
  mkdir ../empty
  GIT_DIR=.git GIT_WORK_TREE=../empty leak "$CASE/origin.git"
}
try_with_git_work_tree() {
  mkdir ../empty
  GIT_WORK_TREE=../empty leak "$CASE/origin.git"
}
try_with_a_common_dir() {
  git worktree add -q --detach ../tree main
  cd ../tree
  GIT_COMMON_DIR=$CASE/repo/.git GIT_DIR=$(git rev-parse --absolute-git-dir) leak "$CASE/origin.git"
}
try_with_the_common_dir_of_another() {
  git init -q ../other
  run env GIT_COMMON_DIR="$CASE/repo/.git" GIT_DIR="$CASE/other/.git" \
    git -c core.hooksPath="$CASE/repo/.git/hooks" push -q "$CASE/origin.git" "$SNAP:refs/heads/x"
}
try_with_objects_elsewhere() {
  git init -q ../other
  mv .git/objects ../objects
  mkdir .git/objects
  GIT_OBJECT_DIRECTORY=$CASE/objects leak "$CASE/origin.git"
}

# What shows another history.
try_behind_a_graft() {
  merge_in "$SNAP"
  mkdir -p .git/info
  echo "$(git rev-parse HEAD) $(git rev-parse HEAD~1)" >.git/info/grafts
  push origin main
}
try_behind_a_replacement() {
  merge_in "$SNAP"
  git replace "$(git rev-parse HEAD)" "$(git commit-tree "HEAD^{tree}" -p HEAD~1 -m "chore: no merge")"
  push origin main
}
try_behind_a_replacement_of_itself() {
  git replace -f "$SNAP" main
  git tag t "$SNAP"
  push origin t
}
try_behind_a_forged_end() {
  merge_in "$SNAP"
  git commit -q --allow-empty -m "chore: above"
  git rev-parse HEAD~1 >.git/shallow
  push origin main:refs/heads/x
}

# Commits.
try_the_commit() { push origin "$SNAP:refs/heads/x"; }
try_its_index() { push origin "$SNAP^2:refs/heads/x"; }
try_its_untracked_files() { push origin "$SNAP^3:refs/heads/x"; }
try_merged() {
  merge_in "$SNAP"
  push origin main
}
try_its_untracked_files_merged() {
  merge_in --allow-unrelated-histories "$SNAP^3"
  push origin main
}
try_in_the_middle_of_a_history() {
  git branch -q long "$SNAP"
  git commit-tree -p long -m "chore: above" "main^{tree}" | xargs git update-ref refs/heads/long
  for n in {1..30}; do git update-ref refs/heads/long "$(git commit-tree -p long -m "chore: $n" "main^{tree}")"; done
  push origin long
}
try_behind_a_tag() {
  git tag -a -m t t1 "$SNAP"
  git tag -a -m t t2 t1
  push origin t2
}
try_with_followed_tags() {
  merge_in "$SNAP"
  git tag -a -m t t1 "$SNAP"
  push --follow-tags origin main
}
try_tags() {
  git tag t1 "$SNAP"
  push --tags origin
}
try_detached() {
  git checkout -q -f --detach "$SNAP"
  push origin HEAD:refs/heads/x
}
try_by_the_name_of_the_remotes_branch() {
  git update-ref refs/remotes/origin/x "$SNAP"
  push origin "$SNAP:refs/heads/x"
}
try_below_a_forged_branch_of_the_remote() {
  merge_in "$SNAP"
  git update-ref refs/remotes/origin/x HEAD
  git update-ref refs/remotes/origin/main HEAD
  git commit -q --allow-empty -m "chore: above"
  push origin HEAD:refs/heads/y
}
try_all() {
  git branch x "$SNAP"
  push --all origin
}
try_mirrored() { push --mirror origin; }
try_as_a_stash() {
  git stash store "$SNAP"
  push origin stash:refs/heads/x
}

# Trees and blobs.
try_the_tree() {
  git tag t "$SNAP^{tree}"
  push origin t
}
try_the_tree_of_the_index() {
  git tag t "$SNAP^2^{tree}"
  push origin t
}
try_the_untracked_tree() {
  git tag t "$SNAP^3^{tree}"
  push origin t
}
try_the_untracked_tree_as_typed() { push origin "$SNAP^3^{tree}:refs/tags/t"; }
try_a_directory_of_the_untracked_files() {
  git tag t "$SNAP^3:private"
  push origin t
}
try_an_untracked_file() {
  git tag t "$SNAP^3:secret.txt"
  push origin t
}
try_an_untracked_file_behind_tags() {
  git tag -a -m t t1 "$SNAP^3:private/deep.key"
  git tag -a -m t t2 t1
  push origin t2
}
try_a_changed_file() {
  git tag t "$SNAP:src/a.c"
  push origin t
}
try_a_staged_file() {
  git tag t "$SNAP^2:src/staged.c"
  push origin t
}
try_a_tree_around_it() {
  git tag t "$(printf '040000 tree %s\tx\n' "$(git rev-parse "$SNAP^3^{tree}")" | git mktree)"
  push origin t
}

# Made again.
try_with_its_parents() { push origin "$(remake "$SNAP^{tree}" -p "$SNAP^1" -p "$SNAP^2" -p "$SNAP^3"):refs/heads/x"; }
try_amended() {
  git checkout -q -f "$SNAP"
  git commit -q --amend --author "Another <another@example.org>" -m "feat: mine"
  push origin HEAD:refs/heads/x
}
try_amended_and_forgotten() {
  git checkout -q -f "$SNAP"
  git commit -q --amend -m "feat: mine"
  forget
  push origin HEAD:refs/heads/x
}
try_of_parents_made_again() {
  local index
  index=$(remake "$SNAP^2^{tree}" -p "$SNAP^1")
  push origin "$(remake "$SNAP^{tree}" -p "$SNAP^1" -p "$index"):refs/heads/x"
}
try_with_other_parents() { push origin "$(remake "$SNAP^{tree}" -p main -p main~1):refs/heads/x"; }
try_picked() {
  git reset -q --hard
  git cherry-pick -m 1 "$SNAP" >/dev/null
  forget
  push origin main
}
try_its_untracked_files_picked() {
  git reset -q --hard
  git clean -q -f -d
  git cherry-pick "$SNAP^3" >/dev/null
  forget
  push origin main
}
try_its_untracked_files_made_again() { push origin "$(remake "$SNAP^3^{tree}"):refs/heads/x"; }
try_its_untracked_files_on_a_branch() {
  push origin "$(remake "main^{tree}" -p "$(remake "$SNAP^3^{tree}" -p main)"):refs/heads/x"
}
made_again_as_a_whole() {
  local index untracked
  index=$(remake "$SNAP^2^{tree}" -p "$SNAP^1")
  untracked=$(remake "$SNAP^3^{tree}")
  remake "$SNAP^{tree}" -p "$SNAP^1" -p "$index" -p "$untracked"
}
try_made_again_as_a_whole() { push origin "$(made_again_as_a_whole):refs/heads/x"; }
try_made_again_and_forgotten() {
  local again
  again=$(made_again_as_a_whole)
  forget
  push origin "$again:refs/heads/x"
}
try_forgotten() {
  forget
  push origin "$SNAP:refs/heads/x"
}
try_its_untracked_files_forgotten() {
  forget
  push origin "$SNAP^3:refs/heads/x"
}

control_unchecked() { git push -q --no-verify origin "$SNAP:refs/heads/x"; }
control_its_objects_alone() { git push -q --no-verify origin "$SNAP:refs/heads/x" && git push -q --no-verify origin :x; }
