#!/usr/bin/env bash
# What others change while the close writes is never overwritten: if the close can do without the file, that is a
# warning, else it stops, and an abort leaves what was changed.
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
# The records are planned once the work is committed: what is written meanwhile, in a hook here, counts.
meddle_with() { # FILE: gets a line when the work is committed
  printf '#!/bin/sh\ngit diff --cached --name-only | grep -q ^src/ || exit 0\necho "meddled" >>"%s"\n' "$1" >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
}
work() { # CONTENT: of the session's file
  rm -f .git/hooks/pre-commit
  start_session --scope "src/" --plan "$(plan '[[item]]
title = "Work"
issue = 1
files = ["src/**"]')"
  echo "$1" >src/a.c
}
expect_clean() { expect_equal "$(git status --porcelain)" "" "left dirty"; }

work 1
meddle_with "$memory/MEMORY.md"
expect_exit 0 git session close --json
expect_outcome memory ok
grep -qx meddled "$memory/MEMORY.md" || fail "the line is gone"
grep -q "^# Index" "$memory/MEMORY.md" || fail "the index is gone"
expect_clean

work 2
meddle_with "$PWD/$learnings"
sed -i '$s/.*/echo "{\\"type\\":\\"b\\",\\"subject\\":\\"z\\",\\"confidence\\":0.9}" >>.orchestrator\/metrics\/learnings.jsonl/' .git/hooks/pre-commit
expect_exit 0 git session close --json
expect_file_has $learnings '"theirs"'
expect_file_has $learnings '"z"'
expect_clean

work 3
meddle_with "$PWD/.claude/STATE.md"
expect_exit 0 git session close --json
expect_equal "$(status_of .claude/STATE.md)" completed
expect_file_has .claude/STATE.md meddled
expect_clean

sed -i 's/^state: .*/state: open/' $issue
git commit -qam "chore: again"
work 4
meddle_with "$PWD/$issue"
expect_exit 0 git session close --json
grep -q '^state: closed' $issue || fail "the issue is not closed"
expect_file_has $issue meddled
expect_clean

# Another version of a record is committed between our write and our commit: both are in.
work 5
printf '#!/bin/sh
git diff --cached --name-only | grep -q sessions.jsonl && [ ! -e "%s/once" ] || exit 0
touch "%s/once"
export GIT_INDEX_FILE="%s/index.theirs"
git read-tree HEAD
oid=$( (git show HEAD:.orchestrator/metrics/sessions.jsonl; echo "{\\"session_id\\":\\"theirs\\"}") | git hash-object -w --stdin)
git update-index --cacheinfo "100644,$oid,.orchestrator/metrics/sessions.jsonl"
git update-ref HEAD "$(git commit-tree -p HEAD -m "chore: theirs" "$(git write-tree)")"
' "$CASE" "$CASE" "$CASE" >.git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
expect_exit 0 git session close --json
expect_file "$CASE/once"
expect_equal "$(git show HEAD:.orchestrator/metrics/sessions.jsonl | jq -r .session_id | grep -c theirs)" 1
expect_equal "$(git show HEAD:.orchestrator/metrics/sessions.jsonl | wc -l)" 6
git diff --quiet HEAD || fail "the work tree does not have it: $(git diff HEAD)"
