#!/usr/bin/env bash
# What somebody changes while the close writes is never overwritten: where the close can do without it that is a warning,
# else it stops, and taking it back leaves what was changed.
. "$E2E/lib.sh"
. "$E2E/close.sh"

export SO_PLATFORM=claude
memory=$HOME/.claude/projects/$(printf %s "$CASE/repo" | sed 's/[^A-Za-z0-9]/-/g')/memory
learnings=.orchestrator/metrics/learnings.jsonl
issue=.orchestrator/issues/0001-work.md
session_repo
bare_remote
mkdir -p .orchestrator/issues .orchestrator/metrics src "$memory"
printf -- '---\nid: 1\ntitle: Work\nstate: open\n---\n' >$issue
echo '{"type":"theirs","subject":"y","confidence":0.9}' >$learnings
echo "# Index" >"$memory/MEMORY.md"
git add .orchestrator
git commit -qm "chore: records"
# A filter runs each time when a file is hashed, also when everything has been looked at and nothing is written yet.
git config filter.meddle.clean "$CASE/meddle"
echo 'src/* filter=meddle' >.git/info/attributes
printf '#!/bin/sh\n[ ! -e "%s" ] || echo >>"$(cat "%s")"\nexec cat\n' "$CASE/victim" "$CASE/victim" >"$CASE/meddle"
chmod +x "$CASE/meddle"
meddle_with() { echo "$1" >"$CASE/victim"; } # FILE: it gets a line each time
work() { # CONTENT: of the session's file
  rm -f "$CASE/victim"
  start_session --scope "src/" --plan "$(plan '[[item]]
title = "Work"
issue = 1
files = ["src/**"]')"
  echo "$1" >src/a.c
}
state=.claude/STATE.md

work 1
meddle_with "$PWD/.claude/wave-scope.json"
expect_exit 0 git session close --json
expect_outcome cleanup-scope warn
expect_json '.phases[] | select(.id == "cleanup-scope") | .summary | contains("wave-scope.json has changed while the close was running: left in place")'
expect_file .claude/wave-scope.json
rm .claude/wave-scope.json

work 2
meddle_with "$memory/MEMORY.md"
expect_exit 0 git session close --json
expect_outcome memory warn
expect_json '.phases[] | select(.id == "memory") | .summary | contains("MEMORY.md was changed while the close was running: left as it is")'
grep -q "^# Index" "$memory/MEMORY.md" || fail "the index is gone"

work 3
meddle_with "$PWD/$learnings"
git session learn --type a --subject mine --insight "not lost" >/dev/null
expect_exit 0 git session close --json
expect_outcome learnings warn
expect_json '.phases[] | select(.id == "learnings") | .summary | contains("was changed while the close was running: left as it is")'
expect_file_has $learnings '"theirs"'
grep -q "not lost" "$(git rev-parse --git-path git-session/learned)"/*.jsonl || fail "the note is gone"
git checkout -q $learnings

# Without STATE.md there is no close: it stops there, again and again, and is taken back.
work 4
meddle_with "$PWD/$state"
head=$(git rev-parse HEAD)
for option in "" --continue; do
  # shellcheck disable=SC2086
  expect_exit 1 git session close --json $option
  expect_outcome state block
  expect_json '.hint | contains("--abort")'
done
expect_equal "$(git rev-parse HEAD)" "$head"
expect_exit 1 git session close --abort --json
expect_json '.left == [".claude/STATE.md"]'
expect_equal "$(status_of $state)" active
expect_file .claude/session-plan.toml
rm "$CASE/victim"
expect_exit 0 git session close --json

# An issue's file goes into the records' commit; one that somebody writes to meanwhile does not.
sed -i 's/^state: .*/state: open/' $issue
git commit -qam "chore: again"
work 5
meddle_with "$PWD/$issue"
head=$(git rev-parse HEAD)
expect_exit 1 git session close --json
expect_outcome stage block
expect_equal "$(git rev-parse HEAD)" "$head"
expect_exit 1 git session close --abort --json
expect_json '.left == [".orchestrator/issues/0001-work.md"]'
grep -q '^state: open' $issue || fail "the issue was closed"
git checkout -q $issue
