#!/usr/bin/env bash
# A repository of the plugin: only status, updated and deviations of its STATE.md change.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
cat >CLAUDE.md <<'MD'
# Project

## Session Config

- **test-command:** skip
- **typecheck-command:** skip
- **lint-command:** skip
- **vcs:** none

## Else
MD
mkdir -p .orchestrator .claude
printf 'version: 1\ntier: fast\narchetype: null\ntimestamp: 2026-01-01T00:00:00Z\nsource: plugin\n' >.orchestrator/bootstrap.lock
git add -A
git commit -q -m "chore: set up"
start=$(git rev-parse HEAD)
cat >.claude/STATE.md <<STATE
---
# written by hand
total-waves: 2   # two
schema-version: 1
status: active   # running
issues: [12, 13]
x-unknown: {keep: me}
branch: main
session-type: deep
session-start-ref: $start
started_at: 2026-01-02T03:04:05+01:00
current-wave: 2
session: main-2026-01-02-0304
---

## Current Wave

Wave 2 — Polish

## Wave History

### Wave 1 — Build (planned 2 files → actual 2)
- Agent "api": done — src/api.c, src/api.h — fine
- Agent "ui": PARTIAL — src/ui.c — half → issue #14

### Wave 2 — Polish — suite 12/0 on linux
- Agent "docs": complete — docs/api.md — ok

## Deviations

- [2026-01-02T04:00:00Z] something

## Own section
stays as it is
STATE
printf '{"wave":2,"role":"Polish","enforcement":"warn","allowedPaths":["docs/"]}\n' >.claude/wave-scope.json
cp .claude/STATE.md "$CASE/state"
mkdir src docs
for file in src/api.c src/api.h src/ui.c docs/api.md; do echo x >$file; done
echo stray >stray.txt
expect_exit 0 git session close --json --decide unclaimed=include
expect_json '.status == "closed" and .session == "main-2026-01-02-0304"'
expect_no_file .claude/wave-scope.json
diff "$CASE/state" .claude/STATE.md >"$CASE/diff" || true
expect_equal "$(grep -c '^<' "$CASE/diff")" 1
expect_equal "$(grep '^<' "$CASE/diff")" "< status: active   # running"
grep -q '^> status: completed   # running$' "$CASE/diff" || grep -q '^> status: completed$' "$CASE/diff" || fail "$(cat "$CASE/diff")"
grep -qE '^> updated: 2026-' "$CASE/diff" || fail "no updated: $(cat "$CASE/diff")"
grep -qE '^> - \[.*Z\].*unclaimed = include' "$CASE/diff" || fail "no deviation: $(cat "$CASE/diff")"
expect_equal "$(grep -c '^>' "$CASE/diff")" 3
jq -e '.session_type == "deep" and .total_waves == 2 and (.waves | length) == 2 and .waves[0].role == "Build" and .waves[0].agent_count == 2
  and .agent_summary == {complete: 2, partial: 1, failed: 0, spiral: 0} and .total_agents == 3
  and .started_at == "2026-01-02T02:04:05.000Z" and .effectiveness.planned_issues == 2' .orchestrator/metrics/sessions.jsonl >/dev/null ||
  fail "record: $(cat .orchestrator/metrics/sessions.jsonl)"
git show --format= --name-only HEAD | grep -qx .claude/STATE.md || fail "STATE.md is not committed"
expect_equal "$(git status --porcelain)" ""
