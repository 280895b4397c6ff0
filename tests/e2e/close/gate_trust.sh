#!/usr/bin/env bash
# Commands from tracked files run only when this clone trusts them; those from git config are the user's own.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
git session init --records tracked >/dev/null
echo "test-command = \"date >>'$CASE/ran'; test -e src/a.c\"" >>.git-session.toml
git add -A
git commit -q -m "chore: set up"
start_session --scope "src/"
mkdir src
echo a >src/a.c

expect_exit 2 git session close
expect_err "trust"
expect_err "$CASE/ran" # the command is shown
expect_no_file "$CASE/ran"
expect_exit 2 git session close --continue --json
expect_json '.status == "needs-decision" and (.decisions[0] | .id == "trust" and .choices == ["trust", "abort"] and .recommended == "trust"
  and (.detail | contains("test-command")))'
expect_no_file "$CASE/ran"
expect_exit 1 git session close --continue --decide trust=abort --json
expect_json '.status == "aborted"'
expect_no_file "$CASE/ran"

# --yes shows them and trusts them; from then on this clone trusts them.
echo "lint-command = 'false'" >>.git-session.toml
git commit -q -m "chore: lint" .git-session.toml
expect_exit 1 git session close --yes --json
expect_err "lint-command"
expect_file "$CASE/ran"
expect_json '[.decisions[] | {(.id): .chosen}] | add == {"trust": "trust", "gate": "retry"}'
git session close --abort >/dev/null
expect_exit 2 git session close --json
expect_json '[.decisions[].id] == ["gate"]'
git session close --abort >/dev/null

# Changed: asked again.
sed -i "s/^lint-command.*/lint-command = 'true; true'/" .git-session.toml
git commit -q -m "chore: lint" .git-session.toml
expect_exit 2 git session close --json
expect_json '[.decisions[] | select(.chosen == null) | .id] == ["trust"]'
git session close --abort >/dev/null
# Another clone trusts nothing.
git clone -q . "$CASE/other"
(cd "$CASE/other" && git session start --scope "src/" >/dev/null && expect_exit 2 git session close --json && expect_json '.decisions[0].id == "trust"')
# The user trusts everything, always; or only commands that the user configured run.
expect_exit 0 git -c session.trust=always session close --json --dry-run
expect_json '.decisions == []'
for key in typecheck test lint; do git config "session.$key-command" "test -e src/a.c"; done
expect_exit 0 git session close --json
expect_json '.decisions == [] and .status == "closed"'
