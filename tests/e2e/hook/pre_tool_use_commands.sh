#!/usr/bin/env bash
# A coding agent's shell commands: the scope's blocked commands, the policy's, the built-in ones, and sweeping adds.
. "$E2E/lib.sh"

session_repo
command() { # command TEXT [CWD]
  jq -cn --arg command "$1" --arg cwd "${2:-$PWD}" \
    '{cwd: $cwd, tool_name: "Bash", tool_input: {command: $command}}' >"$CASE/call"
}
hook() { git session hook pre-tool-use <"$CASE/call"; }
allowed() {
  command "$@"
  expect_exit 0 hook
  expect_empty_out
}
denied() {
  command "$@"
  expect_exit 2 hook
  expect_json '.permissionDecision == "deny"'
}
events=.orchestrator/metrics/events.jsonl

# Without a scope and without a session nothing is judged.
allowed 'git reset --hard; git add -A'

# The built-in list.
git session scope set 'src/**' --enforcement strict -q
for line in 'git reset --hard' 'git push origin main --force' "bash -c 'git push -f'" 'ls;rm -rf x' $'a\ngit clean -fd' \
  'git restore :/' 'git switch --discard-changes main' 'git push origin +main' 'git push origin :main' 'git branch -D x'; do
  denied "$line"
done
for line in 'git push --force-with-lease' 'echo "rm -rf x"' "git commit -m 'git reset --hard'" 'git status' 'git add -A' \
  'git clean -nfd' 'git push -nf' 'git restore --staged .'; do
  allowed "$line"
done
expect_no_file "$events" # no session is active

# The policy, and the scope's own list.
mkdir -p .orchestrator/policy
cat >.orchestrator/policy/blocked-commands.json <<'EOF'
{"version": 1, "rules": [{"id": "a", "pattern": "make deploy", "severity": "block", "rationale": "not from here"},
  {"pattern": "git stash", "severity": "warn"}]}
EOF
denied 'make deploy'
expect_err "not from here"
allowed 'git reset --hard'
allowed 'git stash'
expect_err "warning: 'git stash'"
git session scope set --blocked-command 'npm publish' -q
denied 'npm publish --tag x'
allowed 'make deploy'
printf '{' >.orchestrator/policy/blocked-commands.json
jq 'del(.blockedCommands)' .orchestrator/wave-scope.json >"$CASE/scope" && cp "$CASE/scope" .orchestrator/wave-scope.json
denied 'git reset --hard' # a policy that cannot be read leaves the built-in list
expect_err "blocked-commands.json"
rm -r .orchestrator/policy

jq '.gates = {"command-guard": false}' "$CASE/scope" >.orchestrator/wave-scope.json
allowed 'git reset --hard'
cp "$CASE/scope" .orchestrator/wave-scope.json

# In a session sweeping adds are judged, and blocked commands are recorded.
rm .orchestrator/wave-scope.json
git session start --scope 'src/**' -q 2>/dev/null
id=$(git session status --json | jq -r .session)
git session scope set --enforcement strict -q
for line in 'git add -A' 'git add .' 'git commit -am x' "git -C '$PWD' add --all" 'git add "$PWD"' "git add '$PWD'" 'cd src && git add -u'; do
  denied "$line"
  expect_err "git add -- FILE"
done
allowed 'git add -- src/a.c'
allowed 'git add -n .'
denied 'git reset --hard'
expect_equal "$(wc -l <"$events")" 8
expect_equal "$(tail -1 "$events" | jq -c 'del(.timestamp)')" \
  "{\"event\":\"git_session.command.blocked\",\"session\":\"$id\",\"pattern\":\"git reset --hard\",\"severity\":\"block\"}"
git session scope set --enforcement warn -q
allowed 'git add -A'
expect_err "warning: 'git add -A'"
expect_equal "$(tail -1 "$events" | jq -r .severity)" warn
jq '.gates = {"command-guard": false}' .orchestrator/wave-scope.json >"$CASE/scope" && cp "$CASE/scope" .orchestrator/wave-scope.json
allowed 'git add -A'
expect_no_err warning

# Without a scope file the configured enforcement counts.
rm .orchestrator/wave-scope.json
allowed 'git add -A'
expect_err "warning: 'git add -A'"
git config session.enforcement strict
denied 'git add -A'
allowed 'git reset --hard'
git config session.enforcement off
allowed 'git add -A'
expect_no_err warning

# A tracked file of events is left alone.
git config session.enforcement strict
git add -f -- "$events" && git commit -qm "chore: events" -- "$events"
denied 'git add -A'
git diff --quiet -- "$events" || fail "a hook changed a tracked file"
expect_file_has .git/git-session/events.jsonl git_session.command.blocked
