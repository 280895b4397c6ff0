#!/usr/bin/env bash
# Read-only and full disks: one clear error, nothing half done, and --continue ends well once there is room.
. "$E2E/lib.sh"
. "$E2E/close.sh"

inside() {
  mount -t tmpfs -o size=4m none "$CASE/mount"
  cd "$CASE/mount"
  git init -q repo
  cd repo
  git init -q --bare "$CASE/origin.git"
  git remote add origin "$CASE/origin.git"
  commit_file a.txt
  git session init --records tracked >/dev/null 2>&1
  git add -A
  git commit -q -m "chore: set up"
  git push -q -u origin main
  start_session --scope "src/"
  mkdir src
  head -c 60000 /dev/urandom >src/a.bin
  head=$(git rev-parse HEAD)

  mount -o remount,ro "$CASE/mount"
  expect_exit 128 git session close --json
  expect_json '.error.message | test("[Rr]ead-only")'
  expect_exit 0 git session close --dry-run --json
  mount -o remount,rw "$CASE/mount"

  dd if=/dev/zero of=../fill bs=1k 2>/dev/null || true
  for room in 0 16 40 80 120 160; do # KiB: it runs out of space at a different place each time
    truncate -s -${room}k ../fill
    code=0
    option=
    [ ! -s "$(journal)" ] || option=--continue
    # shellcheck disable=SC2086
    git session close --json $option >"$OUT" 2>"$ERR" || code=$?
    case $code in
      0) break ;;
      1 | 128)
        cat "$OUT" "$ERR" >>"$CASE/said"
        grep -qi "no space left\|out of diskspace\|full\|refused\|unable to write\|failed" "$OUT" "$ERR" || fail "no reason with $room KiB"
        ;;
      *) fail "exit code $code with $room KiB" ;;
    esac
  done
  rm -f ../fill
  if [ "$code" -ne 0 ]; then
    option=
    [ ! -s "$(journal)" ] || option=--continue
    # shellcheck disable=SC2086
    expect_exit 0 git session close --json $option
  fi
  expect_json '.status == "closed" and .pushed'
  expect_equal "$(git rev-list --count "$head..HEAD")" 1
  expect_equal "$(sessions_lines)" 1
  expect_equal "$(git status --porcelain)" ""
  expect_equal "$(git -C "$CASE/origin.git" rev-parse main)" "$(git rev-parse HEAD)"
  git fsck 2>&1 | grep -i "missing\|corrupt\|broken" && fail "fsck complains"
  true
}
mkdir -p "$CASE/mount"
if [ "${1:-}" = inside ]; then inside; else in_namespace bash -eu -o pipefail "$0" inside; fi
