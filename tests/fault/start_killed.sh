#!/usr/bin/env bash
# A start that is killed before any of its writing calls, or of which one fails, leaves a whole session or none; the
# next start opens one as if nothing had happened.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"

set_the_scene
describe >"$CASE/before.txt"
state=$(state_of .orchestrator)

fresh whole
count_points kill start -q --plan ../plan.toml --scope mixed
describe >"$CASE/whole.txt"
echo "$points points"

fresh plain # what a start without a plan makes of the scene
git session start -q >/dev/null 2>&1 || die "start failed"
describe >"$CASE/plain.txt"

expect_end() { # POINT WHAT EXPECTED
  describe >"$CASE/described"
  cmp -s "$CASE/$3" "$CASE/described" ||
    trouble "$1" "$2: another end: $(diff "$CASE/$3" "$CASE/described" | head -20)"
}

strike() { # POINT MODE
  fresh struck
  struck "$1" "$2" start -q --plan ../plan.toml --scope mixed
  if [ -e "$state" ]; then
    git session status --json >"$CASE/out" 2>"$CASE/err" || trouble "$1" "$2: status: $(cat "$CASE/err")"
    expect_end "$1" "$2, a session" whole.txt
    return
  fi
  if [ "$2" != kill ]; then
    expect_end "$1" "$2, no session" before.txt
    grep -qE '^(error|fatal): ' "$CASE/err" || trouble "$1" "$2: no message"
  fi
  rm -rf "$CASE/plainly"
  cp -a "$CASE/struck" "$CASE/plainly"
  git session start -q --plan ../plan.toml --scope mixed >"$CASE/out" 2>"$CASE/err" ||
    trouble "$1" "$2: start again: $(cat "$CASE/err")"
  expect_end "$1" "$2, started again" whole.txt
  # Nothing of the session that did not come to be is in the next one.
  rm -rf "$CASE/struck"
  mv "$CASE/plainly" "$CASE/struck"
  cd "$CASE/struck/repo" || die "no copy"
  git session start -q >"$CASE/out" 2>"$CASE/err" || trouble "$1" "$2: plain start: $(cat "$CASE/err")"
  expect_end "$1" "$2, started without a plan" plain.txt
}

for point in $(some_points 6); do strike "$point" kill; done
for mode in full eio eacces; do
  # shellcheck disable=SC2034 # read by some_points
  kinds=$(kinds_of $mode)
  for point in $( (some_points 3; points_named ' syncfs ' 3) | sort -nu); do strike "$point" $mode; done
done
[ "$failures" -eq 0 ] || give_up
