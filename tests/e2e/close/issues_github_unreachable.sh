#!/usr/bin/env bash
# What cannot be filed is queued with gh's own words, never stops the close, and is filed by a later one, once.
. "$E2E/lib.sh"
. "$E2E/close.sh"

fake_tracker gh
fake_issue gh 7 "Work"
session_repo
bare_remote
git config session.vcs github
queue=$(git rev-parse --git-path git-session/queued-issues.jsonl)

left_over() { # TITLE: a session that leaves one item open
  start_session --plan "$(plan "[[item]]
title = \"$1\"
files = [\"later/**\"]")"
}
expect_queued() { # TITLE WORDS HINT: with those words, after one call
  rm -f "$CASE/gh.calls"
  left_over "$1"
  expect_exit 0 git session close --json
  expect_outcome issues warn
  expect_json '.status == "closed" and .issues[-1].outcome == "queued"'
  expect_json '.issues[-1].detail | contains($words)' --arg words "$2"
  expect_json '(.phases[] | select(.id == "issues")) | (.summary | contains("queued")) and ((.hint // "") | contains($hint))' --arg hint "$3"
  expect_json '.report.new_issues[0].reference == "queued" and .report.carried_over[0].follow_up == "queued"'
  expect_equal "$(tail -n 1 "$queue" | jq -r .title)" "[Carryover] $1"
}

echo "To get started with GitHub CLI, please run:  gh auth login" >"$CASE/gh/fail"
expect_queued one "gh auth login" "log in with 'gh auth login'"
expect_equal "$(fake_calls gh | wc -l)" 1
printf 'error connecting to api.github.com\ncheck your internet connection or https://githubstatus.com\n' >"$CASE/gh/fail"
expect_queued two "error connecting to api.github.com; check your internet" ""
# The queued one is tried first; then no more calls are made.
expect_equal "$(fake_calls gh | wc -l)" 1
echo "GraphQL: API rate limit exceeded for user ID 1." >"$CASE/gh/fail"
expect_queued three "API rate limit exceeded" ""
rm "$CASE/gh/fail"
echo "<html>Sign in to the wireless network" >"$CASE/gh/answer"
expect_queued four "its answer is not JSON: <html>Sign in" ""
echo '[{"title": "no number"}]' >"$CASE/gh/answer"
expect_queued five "an issue without a number" ""
rm "$CASE/gh/answer"
git config session.tracker-timeout 1s
echo 30 >"$CASE/gh/slow"
expect_queued six "timed out" "tracker-timeout"
rm "$CASE/gh/slow"
git config --unset session.tracker-timeout
# Without the program: only git on PATH.
mkdir "$CASE/path"
ln -s "$(command -v git)" "$(command -v sh)" "$CASE/path/"
left_over seven
expect_exit 0 env PATH="$CASE/path:$PROGRAM" git session close --json
expect_json '.issues[-1].outcome == "queued" and (.issues[-1].detail | contains("gh: cannot be run"))'
expect_json '.phases[] | select(.id == "issues") | .hint | contains("install gh")'
# Refused for one issue: the others are filed.
echo "GraphQL: Resource not accessible by personal access token (createIssue)" >"$CASE/gh/fail.create"
expect_queued eight "Resource not accessible" ""
rm "$CASE/gh/fail.create"
expect_equal "$(wc -l <"$queue")" 8
expect_equal "$(jq -s 'map(.title) | unique | length' "$queue")" 8
find "$CASE/gh/issues" -name '1*.json' | grep -q . && fail "something was filed"

# An unreadable line stays; everything else is filed at the next close, oldest first, and leaves the queue.
echo "torn {" >>"$queue"
start_session
echo work >work
expect_exit 0 git session close --json --decide unclaimed=include
expect_outcome issues ok
expect_json '[.issues[] | .outcome] == ["done", "done", "done", "done", "done", "done", "done", "done"]'
expect_json '.issues[0].reference == "#101" and .issues[0].title == "[Carryover] one" and (.issues[0].session | length) > 0'
expect_equal "$(cat "$queue")" "torn {"
expect_equal "$(find "$CASE/gh/issues" -name '1*.json' | wc -l)" 8

# Does not exist at all: reported, and not queued forever.
start_session --plan "$(plan '[[item]]
title = "Work"
issue = 404
files = ["src/**"]')"
mkdir src
echo a >src/a
expect_exit 0 git session close --json
expect_outcome issues warn
expect_json '.issues[0].outcome == "failed" and .issues[0].detail == "github has no issue #404"'
expect_equal "$(cat "$queue")" "torn {"

# Nothing pushed: an unpushed fix does not close an issue yet; what is left open is filed anyway.
start_session --plan "$(plan '[[item]]
title = "Work"
issue = 7
files = ["src/**"]
[[item]]
title = "Nine"
files = ["later/**"]')"
echo b >src/a
expect_exit 0 git session close --json --no-push
expect_json '[.issues[] | [.action, .outcome]] == [["close", "queued"], ["create", "done"]]'
expect_equal "$(jq -r .state "$CASE/gh/issues/7.json")" OPEN
start_session
echo more >work
expect_exit 0 git session close --json --decide unclaimed=include
expect_json '[.issues[] | [.action, .outcome]] == [["close", "done"]]'
expect_equal "$(jq -r .state "$CASE/gh/issues/7.json")" CLOSED
