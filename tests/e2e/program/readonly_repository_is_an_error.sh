#!/usr/bin/env bash
# On a read-only file system reading works, and writing is one clear error each.
. "$E2E/lib.sh"

inside() {
  session_repo
  echo dirty >README.md
  mount --bind "$CASE/repo" "$CASE/repo"
  mount -o remount,ro,bind "$CASE/repo"
  cd "$CASE/repo"
  expect_exit 0 git session status
  expect_exit 0 git session config --list
  expect_exit 0 git session snapshot list
  expect_exit 0 git session gc --dry-run
  for command in "snapshot --session s --label l" "start --title t" "config enforcement strict"; do
    # shellcheck disable=SC2086
    expect_exit 128 git session $command
    expect_err_matches "^(fatal|error): .*([Rr]ead-only|[Pp]ermission denied)"
  done
}
if [ "${1:-}" = inside ]; then inside; else in_namespace bash -eu -o pipefail "$0" inside; fi
