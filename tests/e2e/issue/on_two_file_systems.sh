#!/usr/bin/env bash
# With the git directory and the work tree on two file systems, files are still replaced, and nothing is left beside them.
. "$E2E/lib.sh"

inside() {
  mkdir "$CASE/two"
  cd "$CASE/two"
  mkdir .git
  mount -t tmpfs none .git
  git init -q .
  git config session.records tracked
  commit_file a.txt
  for i in 1 2 3; do
    expect_exit 0 git session issue create --title "Issue $i"
  done
  expect_exit 0 git session issue close 2
  expect_exit 0 git session scope set "src/"
  find . -name '.git-session-*' >"$OUT"
  expect_empty_out
  expect_equal "$(find .orchestrator/issues -type f | wc -l)" 3
}
if [ "${1:-}" = inside ]; then inside; else in_namespace bash -eu -o pipefail "$0" inside; fi
