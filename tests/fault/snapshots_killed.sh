#!/usr/bin/env bash
# Snapshots are taken and collected completely or not at all, wherever the program is killed; the next call completes it.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"

set_the_scene
git session start -q --plan ../plan.toml >/dev/null 2>&1 || die "start failed"
work_in_the_session
describe >"$CASE/without.txt"

fresh whole
count_points kill snapshot -q
describe >"$CASE/with.txt"
echo "snapshot: $points points"

expect_one_of() { # POINT WHAT FILE…
  local point=$1 what=$2 file
  shift 2
  describe >"$CASE/described"
  for file in "$@"; do
    if cmp -s "$CASE/$file" "$CASE/described"; then return; fi
  done
  trouble "$point" "$what: neither: $(diff "$CASE/$1" "$CASE/described" | head -20)"
}

for point in $(some_points 4); do
  fresh struck
  struck "$point" kill snapshot -q
  # The next snapshot removes both, the lock after waiting for it: see below.
  find .git/refs -name '*.lock' -delete
  find .git/git-session -maxdepth 1 -name '.git-session-*.tmp' -delete
  expect_one_of "$point" "snapshot" without.txt with.txt
  git session snapshot -q >"$CASE/out" 2>"$CASE/err" || trouble "$point" "snapshot again: $(cat "$CASE/err")"
  expect_one_of "$point" "snapshot again" with.txt
done
point=$(awk '$3 == "rename" && /before|wave-.*-/ { print $1 }' "$CASE/points" | tail -1)
if [ -n "$point" ]; then
  fresh struck
  struck "$point" kill snapshot -q
  git session snapshot -q >"$CASE/out" 2>"$CASE/err" || trouble "$point" "snapshot again: $(cat "$CASE/err")"
  expect_one_of "$point" "snapshot again" with.txt
fi

# Two sessions that ended long ago.
cd "$CASE/prepared/repo" || die "no scene"
for number in 1 2; do
  GIT_TEST_DATE_NOW=1700000000 git session snapshot -q --session over$number >/dev/null || die "snapshot failed"
done
describe >"$CASE/full.txt"
fresh whole
count_points kill gc
describe >"$CASE/collected.txt"
echo "gc: $points points"
cmp -s "$CASE/full.txt" "$CASE/collected.txt" && die "gc collected nothing: $(cat "$CASE/out")"
# Refs go one by one; whatever is left, the next command of ours unlocks, and the next gc completes.
for point in $(some_points 6); do
  fresh struck
  git for-each-ref --format='%(refname)' >"$CASE/before"
  struck "$point" kill gc
  git for-each-ref --format='%(refname)' | comm -13 "$CASE/before" - | grep . && trouble "$point" "gc made refs"
  git session snapshot list >/dev/null 2>"$CASE/err" || trouble "$point" "list: $(cat "$CASE/err")"
  git pack-refs --all 2>"$CASE/err" || trouble "$point" "git is locked out: $(cat "$CASE/err")"
  git session gc >"$CASE/out" 2>"$CASE/err" || trouble "$point" "gc again: $(cat "$CASE/err")"
  expect_one_of "$point" "gc again" collected.txt
done
[ "$failures" -eq 0 ] || give_up
