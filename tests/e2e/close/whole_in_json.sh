#!/usr/bin/env bash
# A whole close answers with one JSON document that has every promised key, and did what it says.
. "$E2E/lib.sh"
. "$E2E/close.sh"

plan '[[item]]
title = "Retry uploads"
issue = 42
files = ["src/**"]
verify = "test -s src/a.c"
[[item]]
title = "Progress bar"
files = ["bar/**"]
priority = "high"
why = "no time"' >/dev/null
begin --plan "$CASE/plan.toml"
head=$(git rev-parse HEAD)
git config session.test-command 'test -e src/a.c && echo "3 passed"'
mkdir src
echo a >src/a.c
echo "how to retry" >notes.md
expect_exit 0 git session close --json --decide unclaimed=include
expect_json '.schema == "git-session/close/1" and .status == "closed" and .pushed == true'
expect_json '([keys[]] | contains(["commits", "decisions", "issues", "phases", "pushed", "report", "session", "status"]))'
expect_json '.phases | all((.id | type) == "string" and (.title | type) == "string" and (.summary | type) == "string"
  and (.duration_ms | type) == "number" and (.findings | type) == "array"
  and ([.outcome] | inside(["ok", "warn", "block", "skip"])))'
expect_json '[.phases[].id] == ["bootstrap", "session", "plan", "grounding", "discovery", "safety", "review", "gate", "vault", "drift", "staleness", "docs", "ssot", "staging-plan", "push-target", "stage", "commit", "cleanup-scope", "handover", "memory", "learnings", "metrics", "mirror-vault",
  "state", "records", "push", "mirror", "issues", "request", "report", "snapshots"]'
expect_json '.phases | map({(.id): .outcome}) | add == {bootstrap: "ok", session: "ok", plan: "warn", grounding: "warn", discovery: "skip",
  safety: "ok", review: "skip", gate: "ok", vault: "skip", drift: "skip", staleness: "skip", docs: "skip", ssot: "ok", "staging-plan": "ok", "push-target": "ok",
  "cleanup-scope": "ok", handover: "skip", memory: "skip", learnings: "skip", metrics: "ok", "mirror-vault": "skip", state: "ok", stage: "ok",
  commit: "ok", records: "ok", push: "ok", mirror: "skip", issues: "warn", request: "skip", snapshots: "ok", report: "ok"}'
expect_json '[.phases[].findings[]] | all([keys[]] | contains(["confidence", "detail", "file", "line", "recommendation",
  "severity", "source", "title"]))'
expect_json '[.phases[] | select(.id != "plan" and .id != "grounding" and .id != "gate" and .id != "issues") | .outcome] | all(. == "ok" or . == "skip")'
expect_json '.decisions | length == 1 and (.[0] | .id == "unclaimed" and .chosen == "include" and .recommended == "leave"
  and .choices == ["leave", "include", "abort"] and (.question | length) > 0 and (.detail | contains("notes.md")))'
expect_json '.commits | length == 2 and all((.oid | test("^[0-9a-f]{40}$")) and (.subject | length) > 0)'
expect_json '.issues | any(.action == "create" and (.title | contains("Progress bar")))'
expect_json '.report | type == "object" and (tostring | contains("Retry uploads"))'
expect_equal "$(json '[.commits[].oid] | reverse | join(" ")')" "$(git rev-list "$head..HEAD" | paste -sd' ')"
expect_equal "$(git rev-parse HEAD)" "$(git -C "$CASE/origin.git" rev-parse main)"
expect_equal "$(status_of)" completed
expect_equal "$(sessions_lines)" 1
jq -e --arg id "$(json .session)" '.session_id == $id and .status == "completed" and .effectiveness.planned_issues == 2
  and .effectiveness.completed == 1 and .schema_version == 1 and .branch == "main"' .orchestrator/metrics/sessions.jsonl >/dev/null ||
  fail "sessions.jsonl: $(cat .orchestrator/metrics/sessions.jsonl)"
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
expect_equal "$(git status --porcelain)" ""
expect_no_file "$(journal)"
expect_no_file .orchestrator/session-plan.toml

# There is nothing left to close.
expect_exit 1 git session close --json
expect_json '.status == "blocked" and ([.phases[] | select(.outcome == "block") | .id] == ["session"])'
expect_exit 1 git session close
expect_err_matches "^hint: .*git session start"
