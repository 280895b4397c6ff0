#!/usr/bin/env bash
# The power fails before any of the writing calls of a command, or of the git commands that it runs, and takes what was
# not synced: content, and names, too. What is left is continued as after a kill, and nothing of the user's is gone.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"
# shellcheck disable=SC2153 # set by run
tools=$(dirname "$SHIM")

# traced POINT ARGUMENTS…: runs git-session until the power fails there; 0: never.
traced() {
  local point=$1
  shift
  rm -rf "$CASE/stash" "$CASE/trace" "$CASE/count"
  mkdir "$CASE/stash"
  head -c 8 /dev/zero >"$CASE/count"
  { POWER_AT=$point POWER_TOP=$PWD POWER_TRACE=$CASE/trace POWER_STASH=$CASE/stash POWER_COUNT=$CASE/count \
    LD_PRELOAD=$tools/libtrace-shim.so "$PROGRAM/git-session" "$@" >"$CASE/out" 2>"$CASE/err"; } 2>/dev/null
}
counted() { od -An -t d8 "$CASE/count" | tr -d ' '; }

# Every object that a ref leads to is whole.
expect_objects() { # POINT WHAT
  { git rev-list --objects --all --reflog --indexed-objects 2>&1 || echo "rev-list failed"; } >"$CASE/objects"
  cut -c1-40 "$CASE/objects" | git cat-file --batch-check='%(objectname) %(objecttype)' >"$CASE/kinds" 2>&1
  cut -c1-40 "$CASE/objects" | git cat-file --batch >/dev/null 2>>"$CASE/kinds" || echo "cat-file failed" >>"$CASE/kinds"
  ! grep -qE 'missing|error|fatal|failed' "$CASE/objects" "$CASE/kinds" ||
    trouble "$1" "$2: objects are gone: $(grep -hE 'missing|error|fatal|failed' "$CASE/objects" "$CASE/kinds" | head -5)"
}

# loses NAME CHECK COMMAND…: the power fails at some points, and each time CHECK POINT WHAT looks at what is left.
loses() {
  local name=$1 check=$2 point how
  shift 2
  fresh struck
  traced 0 "$@" || die "$name: undisturbed: $(cat "$CASE/err")"
  points=$(counted)
  echo "$name: $points points"
  [ "$points" -gt 10 ] || die "no trace"
  seq "$points" | awk '{ print $1, "E", "call", $1 }' >"$CASE/points"
  # shellcheck disable=SC2034 # read by some_points
  kinds=E
  for point in $(some_points "$POWER_POINTS"); do
    for how in data all "some $point"; do
      fresh struck
      traced "$point" "$@"
      # shellcheck disable=SC2086
      "$tools/lose-power" "$CASE/trace" "$PWD" "$CASE/stash" $how >"$CASE/loss"
      "$check" "$point" "$name, $how"
    done
  done
}

# Not what a process was just writing, or had locked.
described() { describe 2>"$CASE/err" | grep -vE '\.lock$|/\.git-session-[^/]*\.tmp$'; }
expect_same() { # POINT WHAT FILE
  described >"$CASE/described"
  cmp -s "$CASE/$3" "$CASE/described" ||
    trouble "$1" "$2: another end: $(diff "$CASE/$3" "$CASE/described" | head -20) after $(head -c 1500 "$CASE/loss")"
}
# run_on POINT WHAT COMMAND…: where git's own lock is in the way, it is removed as the message says.
run_on() {
  local point=$1 what=$2 lock
  shift 2
  for _ in 1 2 3 4; do
    if git session "$@" >"$CASE/out" 2>"$CASE/err"; then return; fi
    lock=$(grep -o "'[^']*\.lock'" "$CASE/err" | tail -1 | tr -d "'")
    if [ ! -e "${lock:-/none}" ] || ! grep -q "remove that lock file" "$CASE/err"; then break; fi
    rm "$lock"
  done
  trouble "$point" "$what: $1 $2: $(head -c 800 "$CASE/err" "$CASE/out") after $(head -c 1500 "$CASE/loss")"
}

set_the_scene
prepared=$PWD
fresh whole
git session start -q --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
described >"$CASE/started.txt"
after_start() {
  if [ -e "$(state_of .orchestrator)" ]; then
    run_on "$1" "$2" status --json
  else
    run_on "$1" "$2" start -q --plan ../plan.toml --scope mixed
  fi
  expect_same "$1" "$2" started.txt
  expect_objects "$1" "$2"
}
loses start after_start start -q --plan ../plan.toml --scope mixed

cd "$prepared" || die "no scene"
git session start -q --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
work_in_the_session
sync -f .
described >"$CASE/before.txt"
fresh whole
git session snapshot -q || die "snapshot failed"
described >"$CASE/saved.txt"
after_snapshot() {
  run_on "$1" "$2" snapshot -q
  expect_same "$1" "$2" saved.txt
  expect_objects "$1" "$2"
}
loses snapshot after_snapshot snapshot -q

fresh whole
git session close --yes -q || die "close failed"
# Where git's lock of such a ref stays, it is as before: git fetch renews what is known of a remote, gc drops a snapshot.
without_leftovers() { grep -vE $'\trefs/(so-snapshots|remotes)/'; }
described | without_leftovers >"$CASE/closed.txt"
after_close() {
  if [ -e .git/git-session/close/journal.jsonl ]; then
    run_on "$1" "$2" close --continue --yes --json
  elif grep -qs '^status: active' "$(state_of .orchestrator)"; then
    run_on "$1" "$2" close --yes --json
  fi
  described | without_leftovers >"$CASE/described"
  cmp -s "$CASE/closed.txt" "$CASE/described" ||
    trouble "$1" "$2: another end: $(diff "$CASE/closed.txt" "$CASE/described" | head -20) after $(head -c 1500 "$CASE/loss")"
  expect_objects "$1" "$2"
}
loses close after_close close --yes -q

cd "$prepared" || die "no scene"
git session snapshot -q --label saved >/dev/null || die "no snapshot"
echo later >>src/a
echo later >untracked
echo later >created
git rm -q --cached lib/renamed
rm lib/b
sync -f .
described >"$CASE/before.txt"
fresh whole
git session snapshot restore saved --force -q || die "restore failed: $?"
described | grep -v so-snapshots >"$CASE/restored.txt"
grep -v so-snapshots "$CASE/before.txt" >"$CASE/put-back.txt"
after_restore() {
  rm -rf "$CASE/abort"
  cp -a "$CASE/struck" "$CASE/abort"
  if [ -e .git/git-session/restore/journal.json ]; then
    run_on "$1" "$2" snapshot restore --continue
    expect_objects "$1" "$2, continued"
    described | grep -v so-snapshots >"$CASE/described"
    cmp -s "$CASE/restored.txt" "$CASE/described" ||
      trouble "$1" "$2: continued: another end: $(diff "$CASE/restored.txt" "$CASE/described") after $(cat "$CASE/loss")"
    rm -rf "$CASE/struck"
    mv "$CASE/abort" "$CASE/struck"
    cd "$CASE/struck/repo" || die "no copy"
    run_on "$1" "$2" snapshot restore --abort
    described | grep -v so-snapshots >"$CASE/described"
    cmp -s "$CASE/put-back.txt" "$CASE/described" ||
      trouble "$1" "$2: taken back: another end: $(diff "$CASE/put-back.txt" "$CASE/described") after $(cat "$CASE/loss")"
    return
  fi
  described | grep -v so-snapshots >"$CASE/described"
  cmp -s "$CASE/restored.txt" "$CASE/described" || cmp -s "$CASE/put-back.txt" "$CASE/described" ||
    trouble "$1" "$2: neither: $(diff "$CASE/put-back.txt" "$CASE/described") after $(cat "$CASE/loss")"
  run_on "$1" "$2" snapshot restore saved --force
  described | grep -v so-snapshots >"$CASE/described"
  cmp -s "$CASE/restored.txt" "$CASE/described" ||
    trouble "$1" "$2: again: another end: $(diff "$CASE/restored.txt" "$CASE/described") after $(cat "$CASE/loss")"
  expect_objects "$1" "$2"
}
loses restore after_restore snapshot restore saved --force -q
[ "$failures" -eq 0 ] || give_up
