#!/usr/bin/env bash
# A file system of its own is filled until a command does not fit: it says so, has lost nothing, and once there is
# space again it continues to the end of a run that was never disturbed.
if [ -z "${OWN_MOUNTS:-}" ]; then
  unshare -rm sh -c 'mount -t tmpfs -o size=1m none /mnt' 2>/dev/null || exit 77
  OWN_MOUNTS=yes exec unshare -rm bash -u -o pipefail "$0"
fi
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"
disk=$CASE/disk

# mounted: the scene on an empty disk, entered.
mounted() {
  cd "$CASE" || die "no case"
  ! mountpoint -q "$disk" || umount "$disk" || die "cannot unmount"
  mkdir -p "$disk"
  mount -t tmpfs -o size=16m none "$disk" || die "cannot mount"
  cp -a "$CASE/prepared/." "$disk"
  cd "$disk/repo" || die "no copy"
}
free() { echo $(($(stat -f -c '%a * %S' "$disk") / 1024)); } # KiB

# fills NAME CHECK COMMAND…: with more and more space, until it is enough; FULL_LEVELS: in how many steps.
fills() {
  local name=$1 check=$2 before need level code short=0
  shift 2
  mounted
  before=$(free)
  git session "$@" >"$CASE/out" 2>"$CASE/err" || die "$name: undisturbed: $(cat "$CASE/err" "$CASE/out")"
  end_of "$name" >"$CASE/$name.end"
  # What is removed again needs space, too.
  need=$(((before - $(free)) * 5 / 4))
  for level in $(seq 0 "$((need / FULL_LEVELS + 1))" "$need"); do
    mounted
    end_of "$name" >"$CASE/$name.before"
    head -c "$((($(free) - level) * 1024))" /dev/zero >"$disk/filler"
    git session "$@" >"$CASE/out" 2>"$CASE/err"
    code=$?
    rm "$disk/filler"
    echo "$name, $level KiB free" >"$CASE/points"
    if [ "$code" -ne 0 ]; then
      short=$((short + 1))
      [ "$code" -lt 129 ] || trouble 1 "exit code $code"
      grep -qiE 'no space left|out of disk space|unable to write' "$CASE/err" "$CASE/out" ||
        trouble 1 "exit code $code without a reason: $(cat "$CASE/err" "$CASE/out" | head -c 1500)"
      "$check" "$@"
    fi
    end_of "$name" >"$CASE/described"
    cmp -s "$CASE/$name.end" "$CASE/described" ||
      trouble 1 "another end: $(diff "$CASE/$name.end" "$CASE/described" | head -20)"
    git fsck --no-dangling >"$CASE/fsck" 2>&1 || trouble 1 "fsck: $(cat "$CASE/fsck")"
  done
  echo "$name needs $need KiB; failed $short times"
  [ "$short" -gt 2 ] || die "$name: never short of space"
}
end_of() {
  if [ "$1" = restore ]; then describe | grep -v so-snapshots; else describe; fi
}
run_again() {
  git session "$@" >"$CASE/out" 2>"$CASE/err" ||
    trouble 1 "again: $*: $(cat "$CASE/err" "$CASE/out" | head -c 1500)"
}
as_before() { # NAME COMMAND…
  end_of "$1" | cmp -s "$CASE/$1.before" - || trouble 1 "not as before: $(end_of "$1" | diff "$CASE/$1.before" - | head -20)"
  shift
  run_again "$@"
}
on_with_start() { as_before start "$@"; }
on_with_snapshot() { as_before snapshot "$@"; }
on_with_restore() {
  if [ -e .git/git-session/restore/journal.json ]; then
    run_again snapshot restore --continue
  else
    as_before restore "$@"
  fi
}
on_with_close() {
  if [ -e .git/git-session/close/journal.jsonl ]; then
    run_again close --continue --yes --json
  else
    as_before close "$@"
  fi
}

set_the_scene
git config --unset session.mirror # without space there is no copy, which is a warning
fills start on_with_start start -q --plan ../plan.toml --scope mixed
cd "$CASE/prepared/repo" || die "no scene"
git session start -q --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
work_in_the_session
seq 20000 >large
seq 20000 >>src/a
fills snapshot on_with_snapshot snapshot -q
fills close on_with_close close --yes --json
cd "$CASE/prepared/repo" || die "no scene"
git session snapshot -q --label saved >/dev/null || die "no snapshot"
rm large lib/b
seq 9 20000 >src/a
seq 30000 >untracked
fills restore on_with_restore snapshot restore saved --force -q
cd "$CASE" && umount "$disk"
[ "$failures" -eq 0 ] || give_up
