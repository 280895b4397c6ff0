# shellcheck shell=bash
# Strikes commands that do all or nothing; sourced after lib.sh and scene.sh.

# Everything but objects that nothing refers to.
describe_all() {
  # The lock of a snapshot's ref, left by a kill, delays whoever drops the snapshot, and is removed then.
  describe | grep -vE '^\./(learned|claimed)/|^\.git/refs/so-snapshots/.*\.lock$'
  # An empty list is none.
  find .git/git-session -type f -size +0 -not -name '*.lock' -not -path '*/locks/*' -not -path '*/snapshot-sizes' -print0 |
    LC_ALL=C sort -z | digests
  find .git/hooks .git/config -type f -not -name '*.sample' -print0 | LC_ALL=C sort -z | digests
  find .git/hooks -type l -printf '%p -> %l\n' | LC_ALL=C sort
  find . -path ./.git/objects -prune -o -name '.git-session-*' -print
}

# expect_done POINT WHAT COMMAND…: the command, repeated, ends as the undisturbed one.
expect_done() {
  local point=$1 what=$2
  shift 2
  # What is filed, closed, dropped or set up already is found to be; nothing else minds being done again.
  git session "$@" >"$CASE/out" 2>"$CASE/err" || grep -qE "already|no snapshot" "$CASE/err" ||
    trouble "$point" "$*: $what: again: $(cat "$CASE/err")"
  # It takes half-written files away.
  [ "$what" != kill ] || git session gc -q --older-than 10.years || trouble "$point" "$*: gc: exit code $?"
  describe_all >"$CASE/now.txt"
  cmp -s "$CASE/after.txt" "$CASE/now.txt" ||
    trouble "$point" "$*: $what, again: another end: $(diff "$CASE/after.txt" "$CASE/now.txt")"
}

# strike POINT MODE COMMAND…
strike() {
  local point=$1 mode=$2 code
  shift 2
  fresh struck
  struck "$point" "$mode" "$@"
  code=$?
  if [ "$mode" = kill ]; then
    [ "$code" = 137 ] || trouble "$point" "$*: kill: exit code $code"
    expect_done "$point" kill "$@"
    return
  fi
  [ "$code" -lt 129 ] || trouble "$point" "$*: $mode: exit code $code"
  describe_all >"$CASE/now.txt"
  if [ "$code" = 0 ]; then
    cmp -s "$CASE/after.txt" "$CASE/now.txt" ||
      trouble "$point" "$*: $mode, exit code 0: $(diff "$CASE/after.txt" "$CASE/now.txt")"
    return
  fi
  grep -qE '^(error|fatal): ' "$CASE/err" || trouble "$point" "$*: $mode: no message"
  cmp -s "$CASE/before.txt" "$CASE/now.txt" || cmp -s "$CASE/after.txt" "$CASE/now.txt" ||
    trouble "$point" "$*: $mode: neither before nor after: $(diff "$CASE/before.txt" "$CASE/now.txt")"
  expect_done "$point" "$mode" "$@"
}

# strikes N COMMAND…: N points in each mode.
strikes() {
  local most=$1 mode point
  shift
  fresh whole
  describe_all >"$CASE/before.txt"
  count_points kill "$@"
  describe_all >"$CASE/after.txt"
  cmp -s "$CASE/before.txt" "$CASE/after.txt" && die "$*: changes nothing: $(cat "$CASE/out" "$CASE/err")"
  echo "$1 ${2:-}: $points points"
  for mode in kill full eio eacces; do
    # shellcheck disable=SC2034 # read by some_points
    kinds=$(kinds_of "$mode")
    for point in $(some_points "$most"); do strike "$point" "$mode" "$@"; done
  done
}
