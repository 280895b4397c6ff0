#!/usr/bin/env bash
# What a session did and left open, on GitHub: with gh, after the push, each once.
. "$E2E/lib.sh"
. "$E2E/close.sh"

fake_tracker gh
fake_issue gh 7 "Work" "status:in-progress" "type:feature"
fake_issue gh 8 "Gone" "status:ready"
fake_issue gh 9 "Left over" "status:in-progress"
jq '.milestone = {number: 3, title: "v1.2", description: "", dueOn: null}' "$CASE/gh/issues/9.json" >"$CASE/9" && mv "$CASE/9" "$CASE/gh/issues/9.json"
session_repo
bare_remote
# git still pushes to the bare repository; gh gets the project's name.
git config remote.origin.pushurl "$CASE/origin.git"
git remote set-url origin git@github.com:owner/name.git
git config session.vcs github
cat >"$CASE/plan.toml" <<'PLAN'
title = "Issues"
[[item]]
title = "Work"
issue = 7
files = ["src/**"]
[[item]]
title = "Gone"
issue = 8
dropped = "superseded by #50"
[[item]]
title = "Left over"
issue = 9
priority = "high"
files = ["later/**"]
why = "no time"
[[item]]
title = "A 'quoted' \"task\" with $(touch injected), back`ticks` and a title that is longer than seventy characters"
files = ["never/**"]
PLAN
start_session --plan "$CASE/plan.toml"
mkdir src
echo a >src/a.c
expect_exit 0 git session close --json --dry-run
expect_equal "$(fake_calls gh)" ""
expect_json '.issues | map(.action) == ["close", "close", "create", "create"]'
expect_json '.report.carried_over[0].follow_up == "to be filed"'
expect_exit 0 git session close --json
expect_outcome issues ok
expect_equal "$(summary issues)" "filed 2, closed 2"
expect_json '[.issues[] | [.action, .reference, .outcome]] == [["close", "#7", "done"], ["close", "#8", "done"],
  ["create", "#101", "done"], ["create", "#102", "done"]]'
expect_json '.issues[2].url == "https://github.com/owner/name/issues/101"'
expect_json '[.report.new_issues[].reference] == ["#101", "#102"] and .report.carried_over[0].follow_up == "#101"'
expect_json '.report.recommendations[0] | contains("(#101)")'
expect_no_out $'\x1A'
expect_equal "$(jq -c '[.state, .reason, [.labels[].name]]' "$CASE/gh/issues/7.json")" '["CLOSED","completed",["type:feature"]]'
expect_equal "$(jq -c '[.state, .reason, [.labels[].name]]' "$CASE/gh/issues/8.json")" '["CLOSED","not planned",[]]'
jq -r '.comments[].body' "$CASE/gh/issues/7.json" >"$CASE/comment"
expect_file_has "$CASE/comment" "Done in session"
jq -r '.comments[].body' "$CASE/gh/issues/8.json" >"$CASE/comment"
expect_file_has "$CASE/comment" "superseded by #50"
# The carryover has the template's title, labels and marker, and the milestone of what it continues.
expect_equal "$(jq -c '[.title, [.labels[].name], .milestone.title]' "$CASE/gh/issues/101.json")" \
  '["[Carryover] Left over",["priority:high","status:ready"],"v1.2"]'
jq -r .body "$CASE/gh/issues/101.json" >"$CASE/body"
expect_file_has "$CASE/body" "Continues: #9"
expect_file_has "$CASE/body" "no time"
grep -qE '^<!-- git-session:[0-9a-f]{16} -->$' "$CASE/body" || fail "no marker: $(cat "$CASE/body")"
expect_equal "$(jq -r '[.labels[].name] | join(",")' "$CASE/gh/issues/9.json")" "status:ready"
expect_equal "$(jq -r '.title | length' "$CASE/gh/issues/102.json")" 70
expect_no_file injected
# Every call names the project, does not prompt, and has no colours.
expect_equal "$(fake_calls gh | jq -s 'all(index("--repo") as $at | .[$at + 1] == "owner/name")')" true
expect_equal "$(cat "$CASE/gh.environment")" "GH_HOST=github.com
GH_NO_UPDATE_NOTIFIER=1
GH_PAGER=cat
GH_PROMPT_DISABLED=1
NO_COLOR=1"
expect_no_file "$(git rev-parse --git-path git-session/queued-issues.jsonl)"

# Left open once more: the open issue gets a comment, no second one is filed.
start_session --plan "$(plan '[[item]]
title = "Left over"
files = ["later/**"]')"
expect_exit 0 git session close --json
expect_json '[.issues[] | [.action, .reference]] == [["comment", "#101"]] and .report.new_issues == []'
expect_equal "$(find "$CASE/gh/issues" -name '1*.json' | wc -l)" 2
expect_equal "$(jq '.comments | length' "$CASE/gh/issues/101.json")" 1
# Closed meanwhile: a new one.
jq '.state = "CLOSED"' "$CASE/gh/issues/101.json" >"$CASE/i" && mv "$CASE/i" "$CASE/gh/issues/101.json"
start_session --plan "$(plan '[[item]]
title = "Left over"
files = ["later/**"]')"
expect_exit 0 git session close --json
expect_json '[.issues[] | [.action, .reference]] == [["create", "#103"]]'
