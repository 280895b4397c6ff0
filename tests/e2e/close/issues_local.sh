#!/usr/bin/env bash
# Done and dropped items' issues are closed, what is left open becomes one; the files are in the records' commit, once.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin
for title in Work Gone Open; do git session issue create --title "$title" >/dev/null 2>&1 || break; done
if ! ls .orchestrator/issues/*.md >/dev/null 2>&1; then
  mkdir -p .orchestrator/issues
  number=0
  for title in Work Gone Open; do
    number=$((number + 1))
    printf -- '---\nid: %d\ntitle: %s\nstate: open\nlabels: []\npriority: medium\ncreated: 2026-01-01T00:00:00.000Z\n---\n\nbody of %s\n' \
      "$number" "$title" "$title" >.orchestrator/issues/000$number-${title,,}.md
  done
fi
git add -A .orchestrator/issues
git commit -q -m "chore: issues"
git push -q
cat >.orchestrator/session-plan.toml <<'PLAN'
title = "Issues"
[[item]]
title = "Work"
issue = 1
files = ["src/**"]
[[item]]
title = "Gone"
issue = 2
dropped = "superseded by #50"
[[item]]
title = "Left over"
issue = 3
priority = "high"
files = ["later/**"]
why = "no time"
PLAN
mkdir src
echo a >src/a.c
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-push # stopped after the commits
chmod +x .git/hooks/pre-push
expect_exit 1 git session close --json
expect_outcome push block
rm .git/hooks/pre-push
expect_exit 0 git session close --continue --json
expect_json '[.issues[] | [.action, .reference, .priority]] == [["close", "#1", null], ["close", "#2", null], ["create", "#4", "high"]]'
cd .orchestrator/issues
expect_equal "$(sed -n 's/^state: //p' 0001-*.md 0002-*.md 0003-*.md 0004-*.md | paste -sd,)" "closed,closed,open,open"
expect_file_has "$(echo 0002-*)" "superseded by #50"
expect_file_has "$(echo 0004-*)" "no time"
expect_file_has "$(echo 0004-*)" "priority: high"
expect_equal "$(find . -type f | wc -l)" 4
expect_equal "$(grep -c '^## Comment' 0001-*)" 1
cd ../..
expect_equal "$(git status --porcelain)" ""
expect_equal "$(git show --format= --name-only HEAD | grep -c issues/)" 3

# Left open again: the open issue gets a comment, whatever issue the item says it continues.
start_session --plan "$(plan '[[item]]
title = "[Carryover] Left over"
issue = 4
files = ["later/**"]
why = "still no time"')"
git commit -q --allow-empty -m "chore: work"
expect_exit 0 git session close --json
expect_json '[.issues[] | [.action, .reference, .title]] == [["comment", "#4", "[Carryover] Left over"]] and .report.new_issues == []'
expect_json '.report.carried_over[0].follow_up == "#4"'
expect_file_has "$(echo .orchestrator/issues/0004-*)" "still no time"
expect_equal "$(find .orchestrator/issues -type f | wc -l)" 4
start_session --plan "$(plan '[[item]]
title = "Left over"
files = ["later/**"]')"
git commit -q --allow-empty -m "chore: work"
expect_exit 0 git session close --json
expect_json '[.issues[] | [.action, .reference]] == [["comment", "#4"]]'
expect_equal "$(grep -c '^## Comment' .orchestrator/issues/0004-*)" 2
expect_equal "$(git status --porcelain)" ""

# An unreadable file is named and left as it is; its number is not reused.
mkdir -p src
printf -- '---\nid: 5\na: &a [x, x]\nb: [*a, *a]\n---\n' >.orchestrator/issues/0005-bomb.md
printf -- '---\nid: 6\nlabels: [a\n---\n' >.orchestrator/issues/0006-torn.md
cp .orchestrator/issues/000[56]-* "$CASE"
start_session --plan "$(plan '[[item]]
title = "Another"
files = ["later/**"]')"
git commit -q --allow-empty -m "chore: work"
expect_exit 0 git session close --json
expect_outcome issues warn
expect_json '.phases[] | select(.id == "issues") | [.findings[].title] | any(contains("0005-bomb.md:3") and contains("anchors")) and any(contains("0006-torn.md:"))'
expect_json '[.issues[] | [.action, .reference]] == [["create", "#7"]]'
for file in 0005-bomb 0006-torn; do cmp "$CASE/$file.md" .orchestrator/issues/$file.md; done
