#!/usr/bin/env bash
# The session's record and its report have the figures that were measured, of this session alone, and no others.
. "$E2E/lib.sh"
. "$E2E/close.sh"

metrics=.orchestrator/metrics
record() { tail -n 1 $metrics/sessions.jsonl | jq -c "$1"; }

begin
echo x >a.txt
expect_exit 0 git session close --json
expect_equal "$(record 'has("grounding", "discovery_stats", "review_stats", "stagnation_events", "grounding_injections")' | sort -u)" false

expect_exit 0 git session start --scope "src/" --plan "$(plan '
[[item]]
title = "Later"
priority = "low"
files = ["low/**"]
[[item]]
title = "First"
priority = "critical"
files = ["first/**"]
')" --json
session=$(json .session)
mkdir -p $metrics
{
  printf '{"event":"stagnation_detected","session":"%s","pattern":"spiral","error_class":"other","file":"b"}\n' "$session"
  printf '{"event":"orchestrator.stagnation.detected","session_id":"%s","pattern":"spiral","file":"b"}\n' "$session"
  printf '{"event":"stagnation_detected","session":"another","pattern":"spiral","file":"c"}\n'
  printf '\0\0{"event":"stagnation_detected","session":"%s"\n' "$session"
  printf '{"event":"orchestrator.grounding.injected","session":"%s","file":"z","lines":5}\n' "$session"
  printf '{"event":"grounding_injected","session":"%s","file":"a","lines":7}\n' "$session"
  printf '{"event":"git_session.scope.violation","session":"%s","enforcement":"strict"}\n' "$session"
  printf '{"event":"git_session.scope.violation","session":"%s","enforcement":"warn"}\n' "$session"
  printf '{"event":"git_session.command.blocked","session":"%s","severity":"block"}\n' "$session"
  printf '{"event":"stagnation_detected","session":"%s"' "$session"
} >$metrics/events.jsonl
git commit -q --allow-empty -m "chore: work"
cp $metrics/events.jsonl "$CASE/events"
expect_exit 0 git session close --json
expect_equal "$(record .stagnation_events)" '{"total":2,"by_pattern":{"spiral":2},"by_error_class":{"other":1},"files":["b"]}'
expect_equal "$(record .grounding_injections)" '{"count":2,"files":["a","z"],"total_lines":12}'
expect_equal "$(record '.grounding | keys')" '["planned","touched","unplanned","untouched"]'
expect_json '.report.enforcement == "2 violations blocked, 1 warning"'
expect_json '.report.recommendations | (.[0] | startswith("Take up: First")) and (.[1] | startswith("Take up: Later"))
  and .[2] == "Look into: changed outside the scope" and (.[3] | startswith("Type of session: feature"))'
expect_json '[.report.carried_over[].status] == ["not-started", "not-started"]'
expect_json '.report.waves == []'
cmp "$CASE/events" $metrics/events.jsonl
git ls-files --error-unmatch $metrics/events.jsonl 2>/dev/null && fail "events.jsonl is committed"

# A wave's duration if its events have it; a skipped wave is named as such.
expect_exit 0 git session start --scope "src/" --json
session=$(json .session)
sed -i 's/^## Deviations/### Wave 1 — Discovery\n\n- Agent "look": done — 2 files — fine\n\n### Wave 2 — Build\n\n- Agent "build": partial — src\/a — slow\n\n### Wave 3 — Polish (skipped, no tasks)\n\n&/' .orchestrator/STATE.md
echo >>$metrics/events.jsonl
for event in 'started","wave_number":1,"timestamp":"2026-11-22T10:00:00Z' 'completed","wave_number":1,"timestamp":"2026-11-22T10:12:05Z' \
  'started","wave_number":2,"timestamp":"2026-11-22T10:20:00Z'; do
  printf '{"session_id":"%s","event":"orchestrator.wave.%s"}\n' "$session" "$event" >>$metrics/events.jsonl
done
mkdir -p src
echo y >src/a
expect_exit 0 git session close --json
expect_json '[.report.waves[] | [.wave, .role, .duration, .skipped]] ==
  [[1, "Discovery", "12 min 05 s", false], [2, "Build", "", false], [3, "Polish", "", true]]'
expect_equal "$(record '[.waves[] | [.wave, .quality]]')" '[[1,"skip"],[2,"skip"],[3,"skip"]]'
