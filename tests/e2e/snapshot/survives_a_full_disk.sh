#!/usr/bin/env bash
# With no space left a snapshot fails with git's exit code and a reason, leaves no ref and no lock, and works again later.
. "$E2E/lib.sh"

inside() {
  mount -t tmpfs -o size=3m none "$CASE/mount"
  cd "$CASE/mount"
  git init -q repo
  cd repo
  commit_file a.txt
  head -c 1500000 /dev/urandom >big
  dd if=/dev/zero of=../fill bs=4k 2>/dev/null || true
  expect_exit 128 git session snapshot --session s --label full
  expect_err_matches "^(fatal|error): .*[Nn]o space left"
  expect_empty_out
  expect_equal "$(git for-each-ref refs/so-snapshots)" ""
  expect_equal "$(find .git -name '*.lock')" ""
  rm ../fill big
  echo small >a.txt
  expect_exit 0 git session snapshot --session s --label full --json
  expect_json '.ok and .ref == "refs/so-snapshots/s/wave-0-full"'
  git fsck --no-dangling >"$CASE/fsck" 2>&1 || fail "git fsck: $(cat "$CASE/fsck")"
}
mkdir -p "$CASE/mount"
if [ "${1:-}" = inside ]; then inside; else in_namespace bash -eu -o pipefail "$0" inside; fi
