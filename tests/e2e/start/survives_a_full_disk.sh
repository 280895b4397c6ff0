#!/usr/bin/env bash
# With no space left start fails with a reason and leaves no half-written session behind.
. "$E2E/lib.sh"

inside() {
  mount -t tmpfs -o size=3m none "$CASE/mount"
  cd "$CASE/mount"
  git init -q repo
  cd repo
  commit_file a.txt
  git session init --records tracked >/dev/null
  git add -A
  git commit -q -m "chore: set up"
  dd if=/dev/zero of=../fill bs=1k 2>/dev/null || true
  expect_exit 128 git session start --title full
  expect_err_matches "^(fatal|error): .*[Nn]o space left"
  expect_no_file .orchestrator/STATE.md
  rm ../fill
  expect_equal "$(git status --porcelain)" ""
  expect_exit 0 git session start --title full
}
mkdir -p "$CASE/mount"
if [ "${1:-}" = inside ]; then inside; else in_namespace bash -eu -o pipefail "$0" inside; fi
