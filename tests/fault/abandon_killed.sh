#!/usr/bin/env bash
# Abandoning a session that is killed before any of its writing calls, or fails at one, ends it when it is repeated.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"

export SO_PLATFORM=claude
set_the_scene
mkdir .claude
state=$(state_of .claude)
git session start --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
work_in_the_session
git session claim -q src/new
git session learn -q --type scope-guidance --subject small --insight "take smaller steps" || die "learn failed"
git session snapshot -q >/dev/null || die "snapshot failed"

# The baseline of a tracked session goes after its end, or with gc.
describe_end() { describe | grep -v '^\./baselines/'; }

fresh whole
count_points kill abandon --drop-snapshots
describe_end >"$CASE/whole.txt"
git diff --quiet HEAD -- src && die "the work is gone"
echo "$points points"

is_over() { ! grep -qs '^status: active' "$state"; }

for kind in kill full eio; do
  fresh whole
  count_points $kind abandon --drop-snapshots
  for point in $(some_points 10); do
    fresh struck
    struck "$point" $kind abandon --drop-snapshots
    code=$?
    if [ $kind = kill ]; then
      [ "$code" = 137 ] || trouble "$point" "kill: exit code $code: $(cat "$CASE/err")"
    else
      [ "$code" -lt 129 ] || trouble "$point" "$kind: exit code $code: $(cat "$CASE/err")"
    fi
    code=0
    git session abandon --drop-snapshots >"$CASE/out" 2>"$CASE/err" || code=$?
    [ "$code" = 0 ] || { [ "$code" = 1 ] && is_over; } || trouble "$point" "$kind: again: $code: $(cat "$CASE/err")"
    describe_end >"$CASE/described"
    cmp -s "$CASE/whole.txt" "$CASE/described" ||
      trouble "$point" "$kind: another end: $(diff "$CASE/whole.txt" "$CASE/described" | head -20)"
  done
done
[ "$failures" -eq 0 ] || give_up
