#!/usr/bin/env bash
# What files of the repository want run, runs only once this clone trusts exactly that; commands in git config are the
# user's own.
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
expect_out "$CASE/ran" # the command is shown, and once
expect_no_err "$CASE/ran"
expect_equal "$(grep -c 'are not trusted in this clone' "$OUT")" 1
expect_no_file "$CASE/ran"
expect_exit 2 git session close --continue --json
expect_json '.status == "needs-decision" and (.decisions[0] | .id == "trust" and (.choices[0] | test("^[0-9a-f]{12}$"))
  and .choices[1] == "abort" and .recommended == "abort" and (.detail | contains("test-command of .git-session.toml:")))'
answer=$(trust_answer)
# Neither --yes nor a word answers it: whoever answers has seen what it shows.
expect_exit 2 git session close --continue --yes --json
expect_exit 129 git session close --continue --decide trust=trust
expect_err "12 digits"
expect_exit 2 git session close --continue --decide trust=000000000000 --json
expect_no_file "$CASE/ran"
expect_exit 1 git session close --continue --decide trust=abort --json
expect_json '.status == "aborted"'
expect_no_file "$CASE/ran"

# The digits stand for what was shown. From then on this clone trusts it.
echo "lint-command = 'false'" >>.git-session.toml
git commit -q -m "chore: lint" .git-session.toml
expect_exit 2 git session close --yes --decide "trust=$answer" --json
expect_no_file "$CASE/ran"
expect_json '.decisions[0].detail | contains("lint-command")'
expect_exit 1 git session close --continue --yes --decide "trust=$(trust_answer)" --json
expect_file "$CASE/ran"
expect_json '[.decisions[] | select(.id == "gate") | .chosen] == ["stop"]'
git session close --abort >/dev/null
expect_exit 2 git session close --json
expect_json '[.decisions[].id] == ["gate"]'
git session close --abort >/dev/null

# Changed, also while a close is unfinished: asked again.
sed -i "s/^lint-command.*/lint-command = 'true; false'/" .git-session.toml
git commit -q -m "chore: lint" .git-session.toml
expect_exit 2 git session close --json
expect_exit 2 git session close --continue --decide "trust=$(trust_answer)" --json
expect_json '[.decisions[] | select(.chosen == null) | .id] == ["gate"]'
rm -f "$CASE/ran"
sed -i "s/^lint-command.*/lint-command = 'touch $(sed 's/[/]/\\&/g' <<<"$CASE")\/ran'/" .git-session.toml
expect_exit 2 git session close --continue --json
expect_json '[.decisions[] | select(.chosen == null) | .id] | index("trust") != null'
expect_no_file "$CASE/ran"
git session close --abort >/dev/null
sed -i "s/^lint-command.*/lint-command = 'true'/" .git-session.toml
git commit -q -m "chore: lint" .git-session.toml
# Another clone trusts nothing.
git clone -q . "$CASE/other"
(cd "$CASE/other" && git session start --scope "src/" >/dev/null && expect_exit 2 git session close --json && expect_json '.decisions[0].id == "trust"')
# The user trusts everything, always; or only commands that the user configured run.
expect_exit 0 git -c session.trust=always session close --json --dry-run
expect_json '.decisions == []'
for key in typecheck test lint; do git config "session.$key-command" "test -e src/a.c"; done
expect_exit 0 git session close --json
expect_json '.decisions == [] and .status == "closed"'
