#!/usr/bin/env bash
# A restore that is killed before any of its writing calls ends after --continue as one that was never disturbed, after
# --abort as if it had not begun; a failing call is put back at once. Nothing temporary stays.
# shellcheck disable=SC2153 # set by run
. "$FAULT/lib.sh"

prepare() {
  mkdir "$CASE/prepared"
  cd "$CASE/prepared" || die "no scene"
  git init -q repo
  cd repo || die "no repository"
  mkdir -p dir/deep swap
  for file in a b c run dir/d dir/deep/e swap/x gone both; do printf '%s 1\n%s 2\n%s 3\n' $file $file $file >$file; done
  ln -s a link
  echo '*.ignored' >.gitignore
  git add . && git commit -q -m one
  git checkout -q -b other
  echo theirs >>both && git commit -q -a -m theirs
  git checkout -q main
  echo ours >>both && git commit -q -a -m ours
  git merge -q other >/dev/null 2>&1
  # What is restored.
  echo saved >>a
  echo staged >>b && git add b && echo unstaged >>b
  rm gone dir/d
  chmod +x run && git add run
  ln -sfn c link
  rm -r swap && echo "a file now" >swap && git add -A swap
  rm c && mkdir c && echo "a directory now" >c/file
  echo new >new && echo intended >intended && git add -N intended
  mkdir -p far/away && echo untracked >far/away/file
  ln -s ../outside out
  git session snapshot -q --session s --label saved || die "no snapshot"
  # What is there before.
  git reset -q --hard && git clean -qfd
  echo other >>a && git add a && echo later >>a
  mkdir -p far/away && echo "untracked too" >far/away/file
  git rm -q b
  echo "later intended" >later && git add -N later
  ln -sfn b link
  echo "stays" >stays.ignored
  git rm -q --cached dir/deep/e
}

# Work tree, index, and refs but for the snapshots that the restore has made.
describe_all() {
  describe_files
  git ls-files --stage
  git ls-files -v
  git diff --name-only --diff-filter=A # intent to add
  git status --porcelain -uall
  git for-each-ref | grep -v before-restore
  git symbolic-ref HEAD
  git rev-parse HEAD
}
same_as() { # POINT WHAT FILE
  describe_all >"$CASE/described"
  cmp -s "$CASE/$3" "$CASE/described" || trouble "$1" "$2: $(diff "$CASE/$3" "$CASE/described" | head -20)"
}
nothing_left() { # POINT WHAT
  local left
  # The next snapshot or restore removes them; a lock of the ref too, after a while (snapshots_killed).
  rm -f .git/refs/so-snapshots/s/*.lock
  git session snapshot restore -n saved --session s --force >/dev/null 2>&1
  left=$(find . \( -name '.git-session-*' -o -name '*.lock' -not -path '*/locks/*' -o -name 'next-index*' -o -path '*/restore/?*' -o -path '*/temp/?*' \) -print)
  [ -z "$left" ] || trouble "$1" "$2: left behind: $left"
  git fsck --strict --no-dangling >"$CASE/fsck" 2>&1 || trouble "$1" "$2: $(cat "$CASE/fsck")"
}
resume() { # POINT HOW: nothing was begun where nothing is to be resumed
  local code=0
  if [ -e .git/git-session/restore/journal.json ]; then
    git session snapshot restore "--$2" >"$CASE/out" 2>"$CASE/err" || code=$?
    [ "$code" = 0 ] || trouble "$1" "$2: exit code $code: $(cat "$CASE/err")"
  elif [ "$2" = continue ]; then
    cmp -s "$CASE/after" <(describe_all) ||
      restore >"$CASE/out" 2>"$CASE/err" || trouble "$1" "again: $(cat "$CASE/err")"
  else
    cmp -s "$CASE/after" <(describe_all) && finished=yes
  fi
}
arguments=(snapshot restore saved --session s --force)
restore() { git session "${arguments[@]}"; }

prepare
# shellcheck disable=SC2034 # read by describe_files
metrics=none
describe_all >"$CASE/before"
fresh whole
count_points kill "${arguments[@]}"
describe_all >"$CASE/after"
nothing_left 0 undisturbed
cmp -s "$CASE/before" "$CASE/after" && die "nothing was restored"
git session snapshot restore before-restore --session s >/dev/null 2>"$CASE/err" || die "no undo: $(cat "$CASE/err")"
same_as 0 undo before
echo "$points points"

for point in $( (some_points 10; points_named 'journal|swap|far|next-index|repo/index|link|rename' 10) | sort -nu); do
  for how in continue abort; do
    finished=
    fresh struck
    struck "$point" kill "${arguments[@]}"
    code=$?
    [ "$code" = 137 ] || trouble "$point" "kill: exit code $code: $(cat "$CASE/err")"
    resume "$point" $how
    if [ $how = continue ] || [ -n "$finished" ]; then same_as "$point" $how after; else same_as "$point" $how before; fi
    nothing_left "$point" $how
  done
done

for kind in full eio eacces; do
  # shellcheck disable=SC2034 # read by some_points
  kinds=$(kinds_of $kind)
  for point in $(some_points 5); do
    fresh struck
    struck "$point" $kind "${arguments[@]}"
    code=$?
    [ "$code" -lt 129 ] || trouble "$point" "$kind: exit code $code: $(cat "$CASE/err")"
    if [ "$code" -eq 0 ]; then
      same_as "$point" $kind after
    else
      [ ! -e .git/git-session/restore/journal.json ] || resume "$point" abort
      cmp -s "$CASE/after" <(describe_all) || same_as "$point" $kind before
    fi
    nothing_left "$point" $kind
  done
done
[ "$failures" -eq 0 ] || give_up
