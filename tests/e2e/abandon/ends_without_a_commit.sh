#!/usr/bin/env bash
# Abandoning ends a session and touches none of its work: commits, changes and what is staged stay, nothing is
# committed, its claims end, its record says so, and the next session begins with a clean slate.
. "$E2E/lib.sh"
. "$E2E/close.sh"

for home in private tracked; do
  new_repo "$home"
  git session init --records $home >/dev/null 2>&1
  git add -A
  git commit -q --allow-empty -m "chore: set up"
  echo theirs >theirs.txt
  start_session --name api --scope 'more/**' --plan "$(plan '[[item]]
title = "Retry uploads"
files = ["src/upload.c"]
[[item]]
title = "Later"
files = ["later/**"]')"
  mkdir -p src
  echo 1 >src/upload.c
  git add src
  git commit -q -m "feat: by hand" -- src/upload.c
  echo 2 >src/upload.c
  echo 3 >more.c
  git add more.c
  git session claim -q more.c
  git session learn -q --type scope-guidance --subject small --insight "take smaller steps"
  git session snapshot -q --label mine >/dev/null
  id=$(git session status --json | jq -r .session)
  git ls-files --stage >"$CASE/index"
  head=$(git rev-parse HEAD)

  expect_exit 0 git session abandon --json
  expect_json '.schema == "git-session/abandon/1" and .status == "abandoned" and .session == $id and .name == "api" and .commits == 1' --arg id "$id"
  expect_json '[.changes[] | select(.path | startswith(".") | not) | [.path, .owner]] == [["more.c", "ours"], ["src/upload.c", "ours"]]'
  expect_json '(.snapshots.kept | length) == 2 and .snapshots.dropped == []'
  expect_file "$(json .learned)"
  expect_equal "$(git rev-parse HEAD)" "$head"
  git ls-files --stage | diff "$CASE/index" - || fail "the index has changed"
  expect_equal "$(cat src/upload.c more.c theirs.txt | tr '\n' ' ')" "2 3 theirs "
  expect_equal "$(git for-each-ref refs/so-snapshots | wc -l)" 2
  closed=.git/git-session/closed/$id
  expect_file "$closed/session-plan.toml"
  expect_file "$closed/wave-scope.json"
  if [ $home = private ]; then
    records=.git/git-session/records/sessions.jsonl
    expect_equal "$(status_of "$closed/STATE.md")" abandoned
    expect_no_file ".git/git-session/sessions/$id"
  else
    records=.git/git-session/waiting-records.jsonl
    expect_equal "$(status_of)" idle
    expect_no_file .orchestrator/session-plan.toml
    expect_no_file .orchestrator/wave-scope.json
    expect_no_file .orchestrator/metrics/sessions.jsonl
    expect_file_has .orchestrator/STATE.md "] abandoned: ended without a close"
  fi
  expect_equal "$(jq -r '[.session_id, .status, .effectiveness.planned_issues, .effectiveness.completed] | join(" ")' $records)" \
    "$id abandoned 2 1"
  expect_equal "$(find .git/git-session/claimed .git/git-session/baselines -type f 2>/dev/null | wc -l)" 0

  expect_exit 1 git session abandon
  expect_exit 1 git session close --yes
  expect_exit 0 git session status --json
  expect_json '.session == null'
  git session hooks install -q >/dev/null 2>&1
  # Nobody claims the files any more: they are dirty at the start of the next session.
  start_session
  expect_exit 0 git session status --json
  expect_json '[.changes[] | select(.path == "src/upload.c" or .path == "more.c") | .owner] == ["foreign", "foreign"] and .items == []'
  # A tracked record is committed by the next close that commits.
  echo 4 >new.c
  expect_exit 0 git session close --yes --no-push --json
  [ $home = private ] || expect_equal "$(git show HEAD:.orchestrator/metrics/sessions.jsonl | jq -r .status | tr '\n' ' ')" "abandoned completed "
done

# The snapshots go along.
new_repo dropped
git session init --local >/dev/null 2>&1
echo dirty >>README.md
start_session --title "A title"
git session snapshot -q --label mine >/dev/null
expect_exit 0 git session abandon --drop-snapshots
expect_out 'Abandoned "A title" (main, started just now)'
expect_out "2 snapshots dropped."
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
start_session
git session snapshot -q --label mine >/dev/null
expect_exit 0 git session abandon
expect_out "2 snapshots kept until they expire: git session snapshot list --session main-"
git session gc --older-than now >/dev/null 2>&1
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
