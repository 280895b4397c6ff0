# shellcheck shell=bash
# Shared by the cases that push beside snapshots; sourced after lib.sh and hook.sh.

# prepare_template: a repository with a remote, three commits and a snapshot with staged, changed and untracked files, in
# $CASE/template. Each push gets a copy of both.
prepare_template() {
  session_repo template/repo
  commit_file src/a.c "one"
  commit_file src/b.c "two"
  git init -q --bare "$CASE/template/origin.git"
  git remote add origin ../origin.git
  git push -q -u origin main
  git config advice.nestedTag false
  git session start >/dev/null 2>&1 || fail "no start"
  echo staged >src/staged.c
  git add src/staged.c
  echo changed >>src/a.c
  mkdir -p private
  echo token >secret.txt
  echo key >private/deep.key
  git session snapshot --label save >/dev/null 2>&1 || fail "no snapshot"
  use_hook pre-push
}

# in_copy FUNCTION: SNAP is the snapshot's commit, REF its ref.
in_copy() {
  rm -rf "$CASE/copy"
  cp -a "$CASE/template" "$CASE/copy"
  cd "$CASE/copy/repo"
  REF=$(git for-each-ref --format='%(refname)' refs/so-snapshots | grep save)
  # shellcheck disable=SC2034
  SNAP=$(git rev-parse "$REF")
  "$1"
}

# push ARGUMENT…: the last push of a function is the one that is judged.
push() { expect_exit 0 git push -q "$@"; }
merge_in() {
  git reset -q
  git merge -q --no-edit -s ours "$@"
}
remake() { git commit-tree "$@" -m "chore: something else"; }
functions_named() { declare -F | sed -n "s/^declare -f \($1_.*\)/\1/p"; }

# run_passes: every function passes_* must pass without a word on snapshots.
run_passes() {
  local name
  for name in $(functions_named passes); do
    echo "$name"
    in_copy "$name"
    expect_no_err "snapshot"
    expect_no_err "error:"
  done
}
