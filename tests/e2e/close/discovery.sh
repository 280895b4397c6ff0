#!/usr/bin/env bash
# Discovery probes what the session changed and nothing else; critical and high findings become issues, the rest goes to
# the report, and a program may add findings.
. "$E2E/lib.sh"
. "$E2E/close.sh"

found() { json '[.phases[] | select(.id == "discovery") | .findings[] | "\(.source) \(.file // "-"):\(.line // 0)"] | sort | join("\n")'; }
dry() { expect_exit 0 git session close --json --dry-run; }

session_repo
bare_remote
commit_file old.py "# TODO: from before"
git session start --plan "$(plan '[[item]]
title = "Uploads"
issue = 1
files = ["**"]
[[item]]
title = "Later"
files = ["never/"]')" >/dev/null 2>&1 || fail "start"
mkdir -p .orchestrator/issues src tests gen
printf -- '---\nid: 2\ntitle: "Old"\nstate: closed\n---\n\nbody\n' >.orchestrator/issues/0002-old.md
printf 'x = 1\n' >src/committed.py
git add src
git commit -q -m "feat: add src/committed.py and src/forgotten.py"
echo "y = 2" >>old.py
printf 'a = 1  # FIXME: slow\nb = 2  # TODO(#2): see there\nc = 3  # TODO #1\n' >src/a.py
printf "it.only('x', () => {})\n" >tests/a.test.js
printf '// TODO: generated\n' >gen/b.js
head -c 3000000 /dev/urandom >data.bin

dry
expect_outcome discovery skip
expect_equal "$(summary discovery)" "discovery-on-close is off"

git config session.discovery-on-close true
dry
expect_outcome discovery warn
expect_equal "$(found)" "annotation gen/b.js:1
annotation src/a.py:1
closed-issue src/a.py:2
commit-claim src/forgotten.py:0
focused-test tests/a.test.js:1
large-binary data.bin:0
plan-gap -:0"
expect_json '[.issues[] | select(.title | startswith("[Discovery]")) | [.title, .priority]] == [["[Discovery] a focused test: the others do not run: tests/a.test.js", "high"]]'
expect_json '[.report.findings[] | .source] | sort == ["annotation", "annotation", "closed-issue", "commit-claim", "grounding", "issues", "large-binary"]'

# Categories, thresholds, paths.
git config session.discovery-probes infra
dry
expect_equal "$(found)" "large-binary data.bin:0"
git config session.discovery-probes session
dry
expect_equal "$(found | cut -d' ' -f1 | paste -sd' ')" "commit-claim plan-gap"
git config --unset session.discovery-probes
git config session.discovery-severity-threshold medium
git config session.discovery-exclude-paths 'tests/'
dry
expect_equal "$(found | cut -d' ' -f1 | paste -sd' ')" "annotation closed-issue commit-claim large-binary plan-gap"
git config session.discovery-confidence-threshold 95
dry
expect_equal "$(found | cut -d' ' -f1 | paste -sd' ')" "closed-issue plan-gap"
for key in severity-threshold exclude-paths confidence-threshold; do git config --unset "session.discovery-$key"; done

# A program's findings.
prober() {
  printf '#!/bin/sh\ncat >"%s/request"\n%s\n' "$CASE" "$1" >"$CASE/prober"
  chmod +x "$CASE/prober"
  git config session.discovery-command "'$CASE/prober'"
}
answer='{"findings": [{"probe": "layers", "category": "arch", "severity": "critical", "title": "a cycle", "file": "src/a.py"}, {"no": "title"}], "stats": {"probes_run": 3, "false_positives": 2}}'
prober "printf '%s\n' 'I looked.' '\`\`\`json' '$answer' '\`\`\`'"
dry
expect_out '"layers"'
prober "printf '%s\n' '\`\`\`json' '{\"other\": 1}' '\`\`\`' '\`\`\`' '$answer' '\`\`\`' '\`\`\`json' '{\"findings\": [], \"stats\": {}}' '\`\`\`'"
dry
expect_out '"layers"'
expect_json '[.phases[] | select(.id == "discovery") | .summary | contains("1 of its findings could not be read")] == [true]'
jq -e '.schema == "git-session/discovery-request/1"' "$CASE/request" >/dev/null || fail "the request is $(cat "$CASE/request")"
for script in 'exit 1' 'echo hello' 'echo "{\"findings\": []}"' 'head -c 9000000 /dev/zero' 'echo "{\"findings\": 7, \"stats\": 8}"; exit 9'; do
  prober "$script"
  dry
  expect_outcome discovery warn
  expect_json '[.phases[] | select(.id == "discovery") | .summary | contains("; discovery-command: ")] == [true]'
done
git config session.gate-timeout 1s
for script in 'sleep 1000' 'exec yes'; do
  prober "$script"
  dry
  expect_json '[.phases[] | select(.id == "discovery") | .summary | contains("timed out")] == [true]'
done
git config --unset session.gate-timeout

prober "echo '$answer'"
expect_exit 0 git session close --json
expect_json '.status == "closed"'
expect_json '[.issues[] | select(.title | startswith("[Discovery]")) | .title] == ["[Discovery] a cycle: src/a.py", "[Discovery] a focused test: the others do not run: tests/a.test.js"]'
issue=$(grep -l "a cycle" .orchestrator/issues/*.md)
for text in "type:discovery" "priority:critical" "status:ready" "**Probe:** layers" "**File:** src/a.py" "**Severity:** critical" "**Confidence:** 80%"; do
  expect_file_has "$issue" "$text"
done
tail -n 1 .orchestrator/metrics/sessions.jsonl >"$OUT"
expect_json '.discovery_stats == {probes_run: 12, findings_raw: 10, findings_verified: 8, false_positives: 2, user_dismissed: 0,
  issues_created: 2, by_category: {arch: 1, code: 3, infra: 1, session: 3}}'

# A long title is cut; the same problem of the same file is one issue; non-urgent findings are recommended, not filed.
prober "echo '{\"findings\": [
  {\"severity\": \"high\", \"title\": \"$(printf 'word %.0s' $(seq 30))\", \"file\": \"src/a.py\", \"line\": 3},
  {\"severity\": \"high\", \"title\": \"twice\", \"file\": \"src/a.py\", \"line\": 1},
  {\"severity\": \"high\", \"title\": \"twice\", \"file\": \"src/a.py\", \"line\": 2},
  {\"severity\": \"medium\", \"title\": \"worth a look\", \"file\": \"src/a.py\", \"line\": 2}], \"stats\": {}}'"
start_session --scope "src/"
echo "c = 5" >>src/a.py
expect_exit 0 git session close --json
expect_json '[.issues[] | select(.title | startswith("[Discovery]")) | .title | length] == [70, 27]'
expect_json '[.report.new_issues[] | .priority] == ["high", "high"]'
expect_json '.report.recommendations == ["Look into: worth a look (src/a.py:2)"]'
issue=$(grep -l "Discovery. twice" .orchestrator/issues/*.md)
expect_equal "$(grep -c "^[*][*]Probe" "$issue")" 2

# Nothing found.
git config --unset session.discovery-command
start_session --scope "src/"
echo "d = 4" >>src/a.py
expect_exit 0 git session close --json
expect_outcome discovery ok
