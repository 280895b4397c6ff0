#!/usr/bin/env bash
# A plan that the user brings is the user's own; one that lies in the work tree, or is only reached through it, brings
# commands that the clone has to trust first.
. "$E2E/lib.sh"
. "$E2E/close.sh"

commands="[[item]]
title = \"Work\"
files = [\"src/**\"]
verify = \"date >>'$CASE/ran'\""
work() {
  mkdir -p src
  echo "$RANDOM" >src/a.c
}

new_repo
bare_remote
git session init --local -q
cp "$(plan "$commands")" plan.toml
ln -s "$PWD/plan.toml" "$CASE/link.toml"
git add plan.toml
git commit -q -m "docs: a plan"
for file in plan.toml "$CASE/link.toml"; do
  start_session --plan "$file"
  work
  expect_exit 2 git session close --yes --json
  expect_json '.status == "needs-decision" and (.decisions[0] | .id == "trust" and (.detail | contains("verify of '"'Work'"'")))'
  expect_no_file "$CASE/ran"
  expect_exit 1 git session close --continue --decide trust=abort --json
  expect_json '.status == "aborted" and .commits == []'
  # What is edited without a new command is not trusted by that.
  GIT_EDITOR='sed -i s/Work/More/' expect_exit 0 git session plan edit
  expect_exit 2 git session close --json
  expect_no_file "$CASE/ran"
  expect_exit 0 git session close --continue --decide "trust=$(trust_answer)" --json
  expect_file "$CASE/ran"
  rm "$CASE/ran" .git/git-session/trust
done

start_session --plan "$CASE/plan.toml"
work
expect_exit 0 git session close --json
expect_json '.decisions == [] and .status == "closed"'
expect_file "$CASE/ran"

# In the tracked home the plan lies in the work tree.
session_repo tracked
start_session
cp "$CASE/plan.toml" .orchestrator/session-plan.toml
work
expect_exit 2 git session close --yes --json
expect_json '[.decisions[].id] | index("trust") != null'
