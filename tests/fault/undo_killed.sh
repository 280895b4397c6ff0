#!/usr/bin/env bash
# An undo that is killed before any of its writing calls, or fails at one, ends when it is repeated as one that was never
# disturbed: as before the close.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"

export SO_PLATFORM=claude CLAUDE_CONFIG_DIR=$CASE/prepared/claude # with a note in the user's own directory
set_the_scene
mkdir .claude
git session start --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
work_in_the_session
git add src/a
echo intended >src/intended
git add -N src/intended
git session learn -q --type scope-guidance --subject small --insight "take smaller steps" || die "learn failed"
git session snapshot -q >/dev/null || die "snapshot failed"
describe >"$CASE/before.txt"
before=$(git rev-parse HEAD)
git session close --yes --no-push >/dev/null 2>"$CASE/err" || die "close failed: $(cat "$CASE/err")"
[ "$(git rev-list --count "$before..HEAD")" -gt 1 ] || die "nothing was committed"
[ -n "$(find ../claude -name 'session-*.md')" ] || die "no note in the user's directory"
describe >"$CASE/closed.txt"

# The close kept its files outside of the work tree under the scene's own name: each strike works there.
mv "$CASE/prepared" "$CASE/kept"
scene() {
  cd "$CASE" || die "no case"
  rm -rf "$CASE/prepared"
  cp -a "$CASE/kept" "$CASE/prepared"
  cd "$CASE/prepared/repo" || die "no copy"
}
expect_before() { # POINT WHAT
  # A lock that libgit2 left beside a snapshot that is there; the next one that needs it removes it, after a while.
  rm -f .git/refs/so-snapshots/*/*.lock
  describe >"$CASE/described"
  cmp -s "$CASE/before.txt" "$CASE/described" ||
    trouble "$1" "$2: another end: $(diff "$CASE/before.txt" "$CASE/described" | head -20)"
  [ -z "$(find .git/git-session/undo -type f 2>/dev/null)" ] || trouble "$1" "$2: left behind: $(find .git/git-session/undo -type f)"
  git fsck --strict --no-dangling >"$CASE/fsck" 2>&1 || trouble "$1" "$2: $(cat "$CASE/fsck")"
}

scene
count_points kill undo
expect_before 0 undisturbed
git session close --yes --no-push >/dev/null 2>"$CASE/err" || die "closed again: $(cat "$CASE/err")"
echo "$points points"

strike() { # POINT MODE
  local code=0
  scene
  struck "$1" "$2" undo
  code=$?
  if [ "$2" = kill ]; then
    [ "$code" = 137 ] || trouble "$1" "kill: exit code $code: $(cat "$CASE/err")"
  else
    [ "$code" -lt 129 ] || trouble "$1" "$2: exit code $code: $(cat "$CASE/err")"
  fi
  # As long as it is not finished, nothing else begins here.
  if grep -qs '"event":"undo"' .git/git-session/undo/journal.jsonl; then
    git session start --name more >/dev/null 2>&1 && trouble "$1" "$2: a session was started in between"
    git session close --yes >/dev/null 2>&1 && trouble "$1" "$2: a session was closed in between"
  fi
  code=0
  git session undo >"$CASE/out" 2>"$CASE/err" || code=$?
  if [ "$code" != 0 ]; then
    grep -q "there is nothing to undo" "$CASE/err" || trouble "$1" "$2: again: exit code $code: $(cat "$CASE/err")"
  fi
  expect_before "$1" "$2"
}

for point in $( (some_points 12; points_named 'journal|next-index|repo/index|refs|STATE|sessions|learnings|rename' 8) | sort -nu); do
  strike "$point" kill
done
for kind in full eio; do
  scene
  count_points $kind undo
  for point in $(some_points 8); do
    # An empty directory that cannot be removed stays.
    sed -n "${point}p" "$CASE/points" | grep -q ' rmdir ' || strike "$point" $kind
  done
done
[ "$failures" -eq 0 ] || give_up
