#!/usr/bin/env bash
# A STATE.md that cannot be read is an error that names it; one of another branch is stale and only warned about.
. "$E2E/lib.sh"

session_repo
mkdir .claude
good='---\nschema-version: 1\nsession-type: feature\nbranch: main\nissues: []\nstarted_at: 2026-03-01T10:00:00Z\nstatus: active\ncurrent-wave: 1\ntotal-waves: 2\n---\n\n## Current Wave\n'
state() { printf '%b' "$1" >.claude/STATE.md; }
for text in '## Current Wave\n\nno frontmatter\n' '---\nstatus: active\n' '---\nstatus: [active\nbranch: : :\n---\n' "${good/version: 1/version: 99}"; do
  state "$text"
  code=0
  git session status >"$OUT" 2>"$ERR" || code=$?
  export last_command="git session status"
  [ "$code" -eq 0 ] || [ "$code" -eq 128 ] || fail "exit code $code"
  expect_err ".claude/STATE.md"
  code=0
  git session close --yes >"$OUT" 2>"$ERR" || code=$?
  [ "$code" -ne 0 ] || fail "closed with: $text"
  expect_equal "$(cat .claude/STATE.md)" "$(printf '%b' "$text")"
done

state "${good/branch: main/branch: elsewhere}"
expect_exit 0 git session status --json
expect_json '.session == null'
expect_json '.absence | contains("elsewhere")'
expect_exit 1 git session close --yes --json
expect_json '.status == "blocked" and (.phases[] | select(.id == "session") | .outcome == "block")'

state "$good"
expect_exit 0 git session status --json
expect_json '.session != null'
