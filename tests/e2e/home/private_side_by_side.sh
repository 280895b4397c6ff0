#!/usr/bin/env bash
# Several private sessions in one tree: chosen by --session, GIT_SESSION or the agent that opened them, never by chance.
. "$E2E/lib.sh"
. "$E2E/close.sh"

new_repo
bare_remote
git session init --local >/dev/null 2>&1
start_session --name api --scope 'api/**' --title "The API"
expect_exit 1 git session start --scope 'docs/**'
expect_err "--name NAME"
expect_exit 1 git session start --name api
expect_exit 129 git session start --name 'a b'
start_session --name docs --scope 'docs/**' --title "The docs"
mkdir api docs
echo 1 >api/a
echo 1 >docs/d

for command in "close --yes" "snapshot" "scope set x/" "plan" "learn --type t --subject s --insight i"; do
  # shellcheck disable=SC2086
  expect_exit 1 git session $command
  grep -qF "2 sessions are open here" "$OUT" "$ERR" || fail "$command does not list them"
done
expect_exit 0 git session status
expect_out "2 sessions are open here: "
expect_out "docs on main, in "
expect_exit 129 git session status --session nobody
expect_err "no session 'nobody' is open"
GIT_SESSION=nobody expect_exit 0 git session status
expect_out "No session 'nobody' is open in this work tree (GIT_SESSION names it)"

expect_exit 0 git session snapshot --session api --json
expect_json '.ref | contains("main-")'
expect_exit 0 git session scope show --session docs
expect_out "docs/**"
GIT_SESSION=api expect_exit 0 git session scope show
expect_out "api/**"

# Each commits its own.
expect_exit 0 git session close --session docs --yes --json
expect_equal "$(committed_files)" "docs/d"
expect_equal "$(git status --porcelain)" "?? api/"
expect_exit 0 git session close --yes --json
expect_equal "$(committed_files)" "api/a"

# An unfinished close is continued for its own session alone, whatever else is named.
start_session --name api --scope 'api/**'
start_session --name docs --scope 'docs/**'
echo 2 >api/a
echo 2 >docs/d
git config session.test-command 'test -e ../pass'
expect_exit 1 git session close --session api --yes
touch ../pass
expect_exit 1 git session close --session docs --continue --yes
expect_err "the unfinished close is of session"
GIT_SESSION=docs expect_exit 0 git session close --continue --yes --json
expect_equal "$(committed_files)" "api/a"
expect_exit 0 git session close --yes -q
git config --unset session.test-command

# An agent's shell is bound to the session that it opened.
CODEX_THREAD_ID=one start_session --scope 'one/**' --title One
CODEX_THREAD_ID=two start_session --scope 'two/**' --title Two
CODEX_THREAD_ID=one expect_exit 1 git session start
CODEX_THREAD_ID=one expect_exit 0 git session scope show
expect_out "one/**"
CODEX_THREAD_ID=two expect_exit 0 git session scope show
expect_out "two/**"
hook() { # hook AGENT-SESSION PATH: what the agent's edit is answered
  jq -cn --arg id "$1" --arg path "$2" --arg cwd "$PWD" \
    '{session_id: $id, cwd: $cwd, tool_name: "Write", tool_input: {file_path: $path}}' | git session hook pre-tool-use
}
for id in one two; do CODEX_THREAD_ID=$id expect_exit 0 git session scope set --enforcement strict -q; done
expect_exit 0 hook one one/a
expect_exit 2 hook one two/a
expect_exit 2 hook two one/a
expect_exit 0 hook two two/a
# Whose agent is not known may be either.
expect_exit 0 hook three two/a
expect_exit 2 hook three three/a
