#!/usr/bin/env bash
# Safety reports how the agents ended and what the guards caught; lost agents without an issue are carried over. It
# never blocks.
. "$E2E/lib.sh"
. "$E2E/close.sh"

events=.orchestrator/metrics/events.jsonl
begin --scope "src/"
mkdir -p src "$(dirname $events)"
session=$(sed -n 's/^session: //p' .orchestrator/STATE.md)

# Nothing to report.
expect_exit 0 git session close --json --dry-run
expect_outcome safety ok
expect_equal "$(summary safety)" "nothing to report"

cat >history <<'MD'
## Wave History

### Wave 1 — Build
- Agent "api": done — src/a.c — in a worktree
- Agent "flaky upload": SPIRAL — src/a.c — the same edit again and again
- Agent "docs": failed — 0 — no network → issue #9
- Agent "ui": partial — 1 file — half
MD
sed -i -e '/^## Wave History/,/^## Deviations/{/^## Deviations/!d}' .orchestrator/STATE.md
sed -i -e '/^## Deviations/{
r history
N
}' .orchestrator/STATE.md
rm history
{
  printf '{"event":"git_session.scope.violation","session":"%s","path":"other/x.c","rule":"src/","enforcement":"strict"}\n' "$session"
  printf '{"event":"git_session.scope.violation","session":"%s","path":"other/y.c","rule":"src/","enforcement":"warn"}\n' "$session"
  printf '{"event":"git_session.command.blocked","session_id":"%s","pattern":"rm -rf","severity":"block"}\n' "$session"
  printf '{"event":"git_session.command.blocked","session":"another","pattern":"x"}\n'
  printf 'torn \0 line\n{"event":"git_ses'
} >$events
cp $events "$CASE/events"
echo a >src/a.c
expect_exit 0 git session close --json
expect_outcome safety warn
expect_equal "$(summary safety)" "agents: 1 complete, 1 partial, 2 spiral or failed, isolation: 1 in worktrees, 0 fallbacks, 2 scope violations, 1 blocked command, 2 broken lines in events.jsonl"
expect_json '[.phases[] | select(.id == "safety") | .findings[] | .source] | sort == ["agent", "agent", "agent", "blocked-command", "safety", "scope-violation", "scope-violation"]'
expect_json '[.issues[] | select(.action == "create") | .title] == ["[Carryover] flaky upload"]'
expect_json '.report.carried_over == [{issue: null, title: "flaky upload", evidence: "its agent ended in a spiral", follow_up: .issues[0].reference, status: "open"}]'
expect_json '.report.enforcement == "2 violations blocked, 1 warning"'
cmp $events "$CASE/events" || fail "events.jsonl was changed"
expect_file_has .orchestrator/issues/*.md "the same edit again and again"
expect_equal "$(committed_files | grep -c events.jsonl || true)" 0

# Without records there is nothing to check.
git config session.persistence false
echo b >src/a.c
expect_exit 0 git session close --base HEAD --json --dry-run
expect_outcome safety skip
expect_equal "$(summary safety)" "persistence is off"
