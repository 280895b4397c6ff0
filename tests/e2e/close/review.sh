#!/usr/bin/env bash
# The configured reviewer gets the session as JSON and answers with a verdict. Anything else is a warning, and the close
# never waits longer than its time limit.
. "$E2E/lib.sh"
. "$E2E/close.sh"

session_repo
bare_remote
start_session --plan "$(plan '[[item]]
title = "Uploads"
issue = 3
files = ["src/"]')"
mkdir src
echo a >src/a.c
head=$(git rev-parse HEAD)
reviewer() { # SCRIPT: it becomes the review-command, from the user's own configuration
  printf '#!/bin/sh\n%s\n' "$1" >"$CASE/reviewer"
  chmod +x "$CASE/reviewer"
  git config session.review-command "'$CASE/reviewer'"
}
dry() { expect_exit 0 git session close --json --dry-run; }

dry
expect_outcome review skip
git config session.review-command skip
dry
expect_outcome review skip

# What it gets.
reviewer "cat >'$CASE/request'; echo '{\"verdict\": \"PROCEED\", \"items\": []}'"
dry
expect_outcome review ok
jq -e --arg head "$head" '.schema == "git-session/review-request/1" and .changed_files == ["src/a.c"]
  and .diff == {base: $head, head: $head, range: ($head + ".." + $head)}
  and (.plan.items[0] | .title == "Uploads" and .issue == 3 and .status == "done" and .files == ["src/"])' "$CASE/request" >/dev/null ||
  fail "the request is $(cat "$CASE/request")"

# PROCEED with findings, in a fence.
reviewer 'printf "%s\n" "Looks good." "\`\`\`json" "{\"verdict\": \"PROCEED\", \"items\": [{\"title\": \"no test\", \"severity\": \"low\", \"file\": \"src/a.c\", \"line\": 1}, 7]}" "\`\`\`"'
dry
expect_outcome review warn
expect_equal "$(summary review)" "proceed, 1 finding, 1 entry not understood"
expect_json '[.phases[] | select(.id == "review") | .findings[] | [.source, .file, .line, .title]] == [["review", "src/a.c", 1, "no test"],
  ["review", null, null, "review-command: 1 entry not understood"]]'
expect_json '.report.findings[:2] == [{severity: "low", source: "review", place: "src/a.c:1", title: "no test"},
  {severity: "low", source: "review", place: "", title: "review-command: 1 entry not understood"}]'

# What is not an answer.
for script in 'exit 3' 'echo hello' 'echo "{}"' 'echo "{\"verdict\": \"PERHAPS\"}"' 'echo "{\"verdict\": 7}"' \
  'echo "{\"verdict\": \"PROCEED\""' 'head -c 9000000 /dev/zero | tr "\0" x' 'exec no-such-program' 'printf "\000\377"'; do
  reviewer "$script"
  dry
  expect_outcome review warn
  expect_json '[.phases[] | select(.id == "review") | .summary | startswith("no review")] == [true]'
done
# Never-ending, silent or loud, with a child of its own: all of them end.
for script in "sleep 1000 & echo \$! >'$CASE/child'; wait" "sleep 1000 & echo \$! >'$CASE/child'; yes"; do
  reviewer "$script"
  git config session.gate-timeout 1s
  dry
  expect_outcome review warn
  expect_json '[.phases[] | select(.id == "review") | .summary | contains("timed out")] == [true]'
  for _ in {1..50}; do
    kill -0 "$(cat "$CASE/child")" 2>/dev/null || break
    sleep 0.1
  done
  if kill -0 "$(cat "$CASE/child")" 2>/dev/null; then fail "its child lives on"; fi
done
git config --unset session.gate-timeout

# FIX REQUIRED is a decision.
reviewer "echo x >>'$CASE/calls'; echo '{\"verdict\": \"FIX REQUIRED\", \"items\": [{\"title\": \"leaks memory\", \"severity\": \"high\", \"confidence\": 95, \"file\": \"src/a.c\", \"line\": 1}, {\"title\": \"odd name\", \"severity\": \"low\", \"confidence\": 50}]}'"
expect_exit 2 git session close --json
expect_outcome review block
expect_json '[.decisions[] | [.id, .recommended, .choices]] == [["review", "fix", ["fix", "carryover", "abort"]]]'
expect_json '.decisions[0].detail | contains("high: leaks memory  (src/a.c:1)")'
expect_exit 1 git session close --continue --yes --json
expect_json '.status == "blocked" and .decisions[0].chosen == "fix" and (.hint | contains("--continue"))'
expect_file "$(journal)"
expect_equal "$(wc -l <"$CASE/calls")" 1 # the same content: it is not asked again
expect_exit 1 git session close --continue --decide review=abort --json
expect_json '.status == "aborted"'
expect_no_file "$(journal)"
expect_equal "$(git rev-parse HEAD)" "$head"

expect_exit 0 git session close --decide review=carryover --json
expect_json '.status == "closed"'
expect_outcome review warn
expect_json '[.issues[] | select(.action == "create") | [.title, .priority]] == [["[Carryover] leaks memory", "high"], ["[Carryover] odd name", "low"]]'
expect_file_has .orchestrator/STATE.md "decision review = carryover (recommended: fix)"
tail -n 1 .orchestrator/metrics/sessions.jsonl >"$OUT"
expect_json '.review_stats == {total_findings: 2, high_confidence: 1, auto_fixed: 0, manual_required: 2}'

# From a tracked file it runs only when the clone trusts it.
git config --unset session.review-command
start_session --scope "src/"
echo b >src/a.c
sed -i "1i review-command = \"'$CASE/reviewer'\"" .git-session.toml
git commit -q -m "chore: review" .git-session.toml
calls=$(wc -l <"$CASE/calls")
expect_exit 2 git session close --json
expect_json '[.decisions[] | .id] == ["trust"]'
expect_outcome review skip
expect_outcome gate block
expect_equal "$(wc -l <"$CASE/calls")" "$calls"
expect_exit 0 git session close --continue --decide "trust=$(trust_answer)" --decide review=carryover --json
expect_json '.status == "closed"'

# Once fixed, the reviewer is asked about the new content.
start_session --scope "src/"
echo c >src/a.c
expect_exit 1 git session close --decide review=fix --json
echo mended >src/a.c
sed -i 's/FIX REQUIRED/PROCEED/; s/"items": .*]/"items": []/' "$CASE/reviewer"
expect_exit 0 git session close --continue --json
expect_outcome review ok
