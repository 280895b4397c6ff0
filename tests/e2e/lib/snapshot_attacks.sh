# shellcheck shell=bash
# Shared by the cases that try to push snapshots; sourced after lib.sh and hook.sh.

# prepare_attacks: a repository with a remote, three commits and a snapshot with staged, changed and untracked files, in
# $CASE/template. Each attack gets a copy of both.
prepare_attacks() {
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

# push ARGUMENT…: of an attack; the last push of a function is the one that is judged.
push() { expect_exit "$wanted" git push -q "$@"; }
merge_in() {
  git reset -q
  git merge -q --no-edit -s ours "$@"
}
forget() { git update-ref -d "$REF"; }
remake() { git commit-tree "$@" -m "chore: something else"; }
functions_named() { declare -F | sed -n "s/^declare -f \($1_.*\)/\1/p"; }

# run_attacks: every function refused_* must be refused as a snapshot, with nothing new on the remote; every function
# passes_* must pass without a word on snapshots.
run_attacks() {
  local name before wanted
  for name in $(functions_named refused); do
    before=$(git ls-remote "$CASE/template/origin.git")
    echo "$name"
    wanted=1
    in_copy "$name"
    expect_err "a snapshot is never pushed"
    expect_equal "$(git ls-remote "$CASE/copy/origin.git")" "$before" "$name"
  done
  for name in $(functions_named passes); do
    echo "$name"
    wanted=0
    in_copy "$name"
    expect_no_err "snapshot"
    expect_no_err "error:"
  done
}
