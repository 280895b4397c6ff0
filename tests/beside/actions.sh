# shellcheck shell=bash
# What other processes do beside a close, one function each. A function fails if git refuses.

beside() { env "${OTHER[@]}" "$@"; }
file=${BESIDE_FILE:-src/a} # the planned one that is changed, staged or committed
insert() { sed -i "20i theirs-$1" "$2"; }

# In another user's clone.
elsewhere() { # MARK FILE
  (
    cd ../other || exit 1
    git pull -q --rebase
    if [ -e "$2" ]; then insert "$1" "$2"; else echo "theirs-$1" >"$2"; fi
    git add "$2"
    beside git commit -qm "theirs: $1"
    git push -q
  )
}

# Aborts what git left half done, as a user would after a conflict.
or_give_up() {
  "$@" && return
  git rebase --abort
  git merge --abort
  git cherry-pick --abort
  return 1
} 2>/dev/null

do_commit-planned() { insert 1 "$file" && beside git commit -qm "theirs: planned" "$file"; }
do_commit-tracked() { echo theirs-2 >>other && git add other && beside git commit -qm "theirs: tracked"; }
do_commit-new() { echo theirs-3 >fresh && git add fresh && beside git commit -qm "theirs: new"; }
do_commit-same-subject() { echo theirs-36 >>other && beside git commit -qm "feat: the first" other; }
do_commit-records() { git add .orchestrator && beside git commit -qm "theirs: records"; }
do_amend() { echo theirs-4 >>other && beside git commit -q --amend --no-edit other; }
do_commit-all() { beside git commit -qam "theirs: all"; }
do_add-other() { echo theirs-6 >>other && git add other; }
do_add-planned() { insert 7 "$file" && git add "$file"; }
do_add-hunk() {
  git diff -U1 "$file" | awk '/^@@/ { ++hunks } hunks < 2' >"$R/hunk"
  [ -s "$R/hunk" ] && git apply --cached "$R/hunk"
}
do_reset-mixed() { git reset -q; }
do_reset-soft() { git reset -q --soft HEAD~1; }
do_stash-pop() { beside git stash push -q && git stash pop -q; }
do_stash-one() { beside git stash push -q -- lib/b; }
do_pull-planned() { elsewhere 13 "$file" && or_give_up beside git pull -q --rebase --autostash; }
do_pull-unrelated() { elsewhere 14 upstream && or_give_up beside git pull -q --no-rebase --no-edit; }
do_merge() { or_give_up beside git merge -q --no-edit side; }
do_rebase() { or_give_up beside git rebase -q --autostash side; }
do_switch-back() {
  git switch -q side || return
  git switch -q main
}
do_switch-new() { git switch -qc new; }
do_branch-rename() { git branch -m renamed; }
do_push-elsewhere() { elsewhere 20 elsewhere; }
do_gc() { git gc -q; }
do_tag() { git tag theirs; }
do_close() { env "${SESSION[@]}" git session close --yes --json >"$R/second.out" 2>"$R/second.err"; }
do_snapshot() { beside git session snapshot -q --label theirs; }
do_learn() { git session learn -q --type fragile-file --subject beside --insight "theirs-25" && touch "$R/learned"; }
do_issue() { git session issue create --title "theirs-26" && touch "$R/filed"; }
do_rm-planned() { rm lib/b; }
do_edit-planned() { echo theirs-28 >>docs/c; }
do_break-planned() { echo broken >>docs/c; }
do_chmod-planned() { chmod +x docs/c; }
do_mv-planned() { mv src/new src/moved; }
do_submodule-update() { git submodule --quiet update; }
do_worktree-add() { git worktree add -q ../linked side; }
do_plumbing() { # moves only HEAD
  local blob tree head
  head=$(git rev-parse HEAD) &&
    git show "HEAD:$file" | sed "20i theirs-33" >"$R/plumbing" &&
    blob=$(git hash-object -w "$R/plumbing") &&
    rm -f "$R/plumbing-index" &&
    tree=$(export GIT_INDEX_FILE=$R/plumbing-index &&
      git read-tree HEAD && git update-index --cacheinfo "100644,$blob,$file" && git write-tree) &&
    git update-ref HEAD "$(beside git commit-tree -p HEAD -m "theirs: plumbing" "$tree")" "$head"
}
do_update-index() { git update-index theirs; }
do_cherry-pick() { or_give_up beside git cherry-pick pick; }

# What the driver does when the close has stopped: the session's user follows the hint.
do_return() {
  if git show-ref -q --verify refs/heads/main; then
    git switch -q main
  else
    git branch -m main
  fi
}
do_pull() { or_give_up env "${SESSION[@]}" git pull -q --rebase --autostash; }

act() { "do_$1"; }

# shellcheck disable=SC2034 # used by run
ACTIONS="commit-planned commit-tracked commit-new commit-same-subject commit-records amend commit-all add-other add-planned
add-hunk reset-mixed reset-soft stash-pop stash-one pull-planned pull-unrelated merge rebase switch-back switch-new
branch-rename push-elsewhere gc tag close snapshot learn issue rm-planned edit-planned break-planned chmod-planned mv-planned
submodule-update worktree-add plumbing update-index cherry-pick"
