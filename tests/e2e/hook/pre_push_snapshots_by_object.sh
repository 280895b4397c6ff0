# shellcheck shell=bash
# A snapshot does not leave as an object: its commits wherever they are reachable, its trees and blobs, also behind tags,
# nor amended or made again; ordinary commits, merges and stashes do.
. "$E2E/lib.sh"
. "$E2E/hook.sh"
. "$E2E/snapshot_attacks.sh"
prepare_attacks

# Commits.
refused_the_commit() { push origin "$SNAP:refs/heads/x"; }
refused_its_index() { push origin "$SNAP^2:refs/heads/x"; }
refused_its_untracked_files() { push origin "$SNAP^3:refs/heads/x"; }
refused_merged() {
  merge_in "$SNAP"
  push origin main
}
refused_its_untracked_files_merged() {
  merge_in --allow-unrelated-histories "$SNAP^3"
  push origin main
}
refused_in_the_middle_of_a_history() {
  git branch -q long "$SNAP"
  git commit-tree -p long -m "chore: above" "main^{tree}" | xargs git update-ref refs/heads/long
  for n in {1..30}; do git update-ref refs/heads/long "$(git commit-tree -p long -m "chore: $n" "main^{tree}")"; done
  push origin long
}
refused_behind_a_tag() {
  git tag -a -m t t1 "$SNAP"
  git tag -a -m t t2 t1
  push origin t2
}
refused_with_followed_tags() {
  merge_in "$SNAP"
  git tag -a -m t t1 "$SNAP"
  push --follow-tags origin main
}
refused_tags() {
  git tag t1 "$SNAP"
  push --tags origin
}
refused_detached() {
  git checkout -q -f --detach "$SNAP"
  push origin HEAD:refs/heads/x
}
refused_by_the_name_of_the_remotes_branch() {
  git update-ref refs/remotes/origin/x "$SNAP"
  push origin "$SNAP:refs/heads/x"
}
refused_below_a_forged_branch_of_the_remote() {
  merge_in "$SNAP"
  git update-ref refs/remotes/origin/x HEAD
  git update-ref refs/remotes/origin/main HEAD
  git commit -q --allow-empty -m "chore: above"
  push origin HEAD:refs/heads/y
}
refused_all() {
  git branch x "$SNAP"
  push --all origin
}
refused_mirrored() { push --mirror origin; }
refused_as_a_stash() {
  git stash store "$SNAP"
  push origin stash:refs/heads/x
}

# Trees and blobs.
refused_the_tree() {
  git tag t "$SNAP^{tree}"
  push origin t
}
refused_the_tree_of_the_index() {
  git tag t "$SNAP^2^{tree}"
  push origin t
}
refused_the_untracked_tree() {
  git tag t "$SNAP^3^{tree}"
  push origin t
}
refused_the_untracked_tree_as_typed() { push origin "$SNAP^3^{tree}:refs/tags/t"; }
refused_a_directory_of_the_untracked_files() {
  git tag t "$SNAP^3:private"
  push origin t
}
refused_an_untracked_file() {
  git tag t "$SNAP^3:secret.txt"
  push origin t
}
refused_an_untracked_file_behind_tags() {
  git tag -a -m t t1 "$SNAP^3:private/deep.key"
  git tag -a -m t t2 t1
  push origin t2
}
refused_a_changed_file() {
  git tag t "$SNAP:src/a.c"
  push origin t
}
refused_a_staged_file() {
  git tag t "$SNAP^2:src/staged.c"
  push origin t
}
refused_a_tree_around_it() {
  git tag t "$(printf '040000 tree %s\tx\n' "$(git rev-parse "$SNAP^3^{tree}")" | git mktree)"
  push origin t
}

# Made again.
refused_with_its_parents() { push origin "$(remake "$SNAP^{tree}" -p "$SNAP^1" -p "$SNAP^2" -p "$SNAP^3"):refs/heads/x"; }
refused_amended() {
  git checkout -q -f "$SNAP"
  git commit -q --amend --author "Another <another@example.org>" -m "feat: mine"
  push origin HEAD:refs/heads/x
}
refused_amended_and_forgotten() {
  git checkout -q -f "$SNAP"
  git commit -q --amend -m "feat: mine"
  forget
  push origin HEAD:refs/heads/x
}
refused_of_parents_made_again() {
  local index
  index=$(remake "$SNAP^2^{tree}" -p "$SNAP^1")
  push origin "$(remake "$SNAP^{tree}" -p "$SNAP^1" -p "$index"):refs/heads/x"
}
refused_with_other_parents() { push origin "$(remake "$SNAP^{tree}" -p main -p main~1):refs/heads/x"; }
refused_picked() {
  git reset -q --hard
  git cherry-pick -m 1 "$SNAP" >/dev/null
  forget
  push origin main
}
refused_its_untracked_files_picked() {
  git reset -q --hard
  git clean -q -f -d
  git cherry-pick "$SNAP^3" >/dev/null
  forget
  push origin main
}
refused_its_untracked_files_made_again() { push origin "$(remake "$SNAP^3^{tree}"):refs/heads/x"; }
refused_its_untracked_files_on_a_branch() {
  push origin "$(remake "main^{tree}" -p "$(remake "$SNAP^3^{tree}" -p main)"):refs/heads/x"
}
made_again_as_a_whole() {
  local index untracked
  index=$(remake "$SNAP^2^{tree}" -p "$SNAP^1")
  untracked=$(remake "$SNAP^3^{tree}")
  remake "$SNAP^{tree}" -p "$SNAP^1" -p "$index" -p "$untracked"
}
refused_made_again_as_a_whole() { push origin "$(made_again_as_a_whole):refs/heads/x"; }
refused_made_again_and_forgotten() {
  local again
  again=$(made_again_as_a_whole)
  forget
  push origin "$again:refs/heads/x"
}
refused_forgotten() {
  forget
  push origin "$SNAP:refs/heads/x"
}
refused_its_untracked_files_forgotten() {
  forget
  push origin "$SNAP^3:refs/heads/x"
}

# What passes.
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

run_attacks
