#!/usr/bin/env bash
# A repository that is not set up, for whatever reason, is not closed; no option overrides that, and nothing is written.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin --scope "src/"
mkdir src
echo a >src/a.c
expect_closed_gate() { # REASON
  expect_exit 1 git session close --json --yes
  expect_outcome bootstrap block
  expect_equal "$(summary bootstrap)" "closed: $1"
  expect_json '[.phases[].id] == ["bootstrap"] and .status == "blocked" and (.hint | contains("git session init"))'
  expect_no_file "$(journal)"
  expect_equal "$(status_of)" active
}
dry_close
expect_outcome bootstrap ok
mv .orchestrator/bootstrap.lock "$CASE/lock"
expect_closed_gate no-bootstrap-lock
for lock in 'no: yaml: [' 'tier: fast' 'version: 1' '- 1' 'a: &a [x]' ''; do
  printf '%s\n' "$lock" >.orchestrator/bootstrap.lock
  expect_closed_gate invalid-lock
done
truncate -s 50M .orchestrator/bootstrap.lock
expect_closed_gate invalid-lock
cp "$CASE/lock" .orchestrator/bootstrap.lock
mv .git-session.toml "$CASE/toml"
expect_closed_gate no-claude-md
echo "# A project" >CLAUDE.md
expect_closed_gate no-session-config
printf '\n## Session Config\n' >>CLAUDE.md
dry_close
expect_outcome bootstrap ok
