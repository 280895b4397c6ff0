#!/usr/bin/env bash
# The tested tree is in the report, in the session's record and, if wanted, in the message of the last commit; never where
# the commit has another tree.
. "$E2E/lib.sh"
. "$E2E/close.sh"

record() { jq -c "$1" "$(git rev-parse --git-common-dir)/git-session/records/sessions.jsonl" | tail -1; }
new_repo
bare_remote
git config session.gate-isolation worktree
git config session.test-command true
work() { # a session with two items
  start_session --plan "$(plan '
[[item]]
title = "One"
files = ["one/"]
[[item]]
title = "Two"
files = ["two/"]')"
  mkdir -p one two
  echo "$RANDOM $1" >"one/$1"
  echo "$RANDOM $1" >"two/$1"
}

work a
expect_exit 0 git session close
tree=$(file_oid "HEAD^{tree}")
expect_out "tree       $(git rev-parse --short=10 "$tree") checked out and tested"
expect_equal "$(record .tested_tree)" "\"$tree\""
expect_equal "$(git log --format='%(trailers:key=Tested-tree)' -2 | tr -d '\n')" ""
expect_file_has .git/git-session/reports/*.json "$tree"

# In the last commit only, among the trailers that it has.
git config session.commit-trailers true
git config session.co-author "Co Author <co@example.org>"
work b
expect_exit 0 git session close --json
tree=$(file_oid "HEAD^{tree}")
expect_json '.report.tested_tree == $tree' --arg tree "$tree"
expect_equal "$(git log -1 --format='%(trailers)')" "Co-Authored-By: Co Author <co@example.org>
Tested-tree: $tree"
expect_equal "$(git log -1 --skip=1 --format='%(trailers)')" "Co-Authored-By: Co Author <co@example.org>"
expect_json '[.commits[].hooks] == ["", ""]'

# A message without trailers gets a paragraph of its own for it; "---" does not end the message.
git config --unset session.co-author
work m
expect_exit 0 git session close --json -m "fix: a subject

One line: and the other.
---
Closes #12"
expect_equal "$(git log -1 --format=%B | tail -5)" "---
Closes #12

Tested-tree: $(file_oid "HEAD^{tree}")"
git config session.co-author "Co Author <co@example.org>"

# A message hook sees it, and is not taken for its author.
printf '#!/bin/sh\ngrep -c ^Tested-tree "$1" >>"%s/seen" || true\n' "$CASE" >.git/hooks/commit-msg
chmod +x .git/hooks/commit-msg
work c
expect_exit 0 git session close --json
expect_equal "$(paste -sd, "$CASE/seen")" 0,1
expect_json '[.commits[].hooks] == ["", ""] and .report.warnings == []'

# A hook changes what was tested: the commit does not say so of its tree, the report does.
printf '#!/bin/sh\ngit diff --cached --quiet -- two || { echo formatted >>two/d; git add two/d; }\n' >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
work d
expect_exit 0 git session close --json
expect_equal "$(git log -1 --format='%(trailers:key=Tested-tree)')" ""
expect_json '.report.tested_tree != $tree and (.report.warnings | any(contains($tree) and contains("no gate has seen") and contains("pre-commit hook")))' \
  --arg tree "$(file_oid "HEAD^{tree}")"
rm .git/hooks/*

# The records of a tracked session would be another tree: they get a commit of their own.
session_repo tracked
git config session.gate-isolation worktree
git config session.test-command true
git config session.commit-trailers true
work e
expect_exit 0 git session close --json
expect_json '.report.tested_tree == $tree' --arg tree "$(file_oid "HEAD~1^{tree}")"
expect_equal "$(git log -1 --skip=1 --format='%(trailers:key=Tested-tree,valueonly)')" "$(file_oid "HEAD~1^{tree}")"
expect_equal "$(git log -1 --format='%(trailers:key=Tested-tree)')" ""
expect_equal "$(committed_files | grep -c -v -e '^\.orchestrator/')" 0
expect_equal "$(jq -r .tested_tree .orchestrator/metrics/sessions.jsonl | tail -1)" "$(file_oid "HEAD~1^{tree}")"
