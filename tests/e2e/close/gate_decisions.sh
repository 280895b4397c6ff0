#!/usr/bin/env bash
# A failing gate needs a decision; stop, retry, issue and abort each end the close in their own way, and none commits.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
head=$(git rev-parse HEAD)
mkdir src
echo a >src/a.c
git config session.test-command 'echo "2 passed, 1 failed"; echo "boom at line 3" >&2; exit 3'

expect_exit 2 git session close
expect_err "decision required"
expect_err "--decide gate=stop (recommended)"
expect_err "--decide gate=issue"
expect_err "--decide gate=abort"
expect_out "boom at line 3"
expect_file "$(journal)"
expect_exit 2 git session close --continue --json
expect_json '.status == "needs-decision" and (.decisions | length) == 1'
expect_json '.decisions[0] | .id == "gate" and .choices == ["stop", "retry", "issue", "abort"] and .recommended == "stop"
  and .chosen == null and (.detail | contains("boom at line 3"))'
expect_outcome gate block
expect_json '[.phases[] | select(.id == "gate") | .findings[] | select(.severity == "high")] | length == 1'

expect_exit 1 git session close --continue --decide gate=stop --json
expect_json '.status == "blocked" and .decisions[0].chosen == "stop"'
expect_file "$(journal)"
expect_exit 1 git session close --continue --yes
expect_err_matches "^hint: .*--continue"

expect_exit 1 git session close --continue --decide gate=abort --json
expect_json '.status == "aborted"'
expect_no_file "$(journal)"
expect_equal "$(status_of)" active

expect_exit 1 git session close --decide gate=issue --json
expect_json '.status == "blocked" and (.issues | length) == 1 and .issues[0].action == "create" and .issues[0].priority == "high"'
expect_no_file "$(journal)"
expect_equal "$(status_of)" active
issue=$(ls .orchestrator/issues/*.md)
expect_file_has "$issue" "priority:high"
expect_file_has "$issue" "state: open"
expect_file_has "$issue" "boom at line 3"
# Again: the same issue, not a second one.
expect_exit 1 git session close --decide gate=issue
expect_equal "$(ls .orchestrator/issues/*.md)" "$issue"

expect_equal "$(git rev-parse HEAD)" "$head"
expect_equal "$(git for-each-ref refs/so-snapshots)" ""
# retry runs them again at once: enough for one that fails now and then, and once only where nobody is asked.
git config session.test-command "echo run >>'$CASE/runs'; [ \$(wc -l <'$CASE/runs') -gt 1 ]"
expect_exit 0 git session close --dry-run --decide gate=stop --json
rm "$CASE/runs"
git config session.test-command "echo run >>'$CASE/runs'; false"
expect_exit 1 git session close --decide gate=retry --json
expect_json '.status == "blocked" and (.hint | contains("--continue"))'
expect_equal "$(wc -l <"$CASE/runs")" 2
rm "$CASE/runs"
git config session.test-command "echo run >>'$CASE/runs'; [ \$(wc -l <'$CASE/runs') -gt 1 ]"
expect_exit 0 git session close --continue --decide gate=retry --json
expect_json '.status == "closed"'
