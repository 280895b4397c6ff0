#!/usr/bin/env bash
# A coding agent's edits against the scope.
. "$E2E/lib.sh"

new_repo
git config session.records tracked
mkdir -p src docs
ln -s /etc src/etc
call() { # call TOOL KEY VALUE [CWD]
  jq -cn --arg tool "$1" --arg key "$2" --arg value "$3" --arg cwd "${4:-$PWD}" \
    '{session_id: "x", cwd: $cwd, tool_name: $tool, tool_input: {($key): $value}}' >"$CASE/call"
}
hook() { git session hook pre-tool-use <"$CASE/call"; }
allowed() {
  call "$@"
  expect_exit 0 hook
  expect_empty_out
}
denied() {
  call "$@"
  expect_exit 2 hook
  expect_json '(keys | sort) == ["permissionDecision", "reason"] and .permissionDecision == "deny"'
  expect_err "$(json .reason)"
}

allowed Edit file_path /etc/passwd # no scope: nothing is judged
git session scope set 'src/**' --enforcement strict -q

for tool in Edit Write MultiEdit; do
  allowed "$tool" file_path "$PWD/src/a.c"
  denied "$tool" file_path "$PWD/docs/a.md"
done
allowed NotebookEdit notebook_path src/a.ipynb
denied NotebookEdit notebook_path a.ipynb
allowed Read file_path "$PWD/docs/a.md"
allowed Edit file_path a.c "$PWD/src"
denied Edit file_path a.md "$PWD/docs"
denied Edit file_path ../docs/a.md "$PWD/src"
allowed Edit file_path ../src/a.c "$PWD/docs"
denied Edit file_path /etc/passwd
denied Edit file_path ../x
denied Edit file_path src/etc/passwd
denied Edit file_path ''
allowed Edit file_path .orchestrator/STATE.md
allowed Edit file_path .orchestrator/wave-scope.json
denied Edit file_path docs/a.md
expect_err "src/**"
expect_err "scope set --add"

# Calls outside of the repository are not judged.
mkdir "$CASE/elsewhere"
allowed Edit file_path x "$CASE/elsewhere"
git worktree add -q "$CASE/linked"
allowed Edit file_path docs/a.md "$CASE/linked"
denied Edit file_path "$CASE/linked/src/a.c"

# From a directory of the repository that the call does not name.
printf '{"tool_name":"Edit","tool_input":{"file_path":"a.md"}}' >"$CASE/call"
(cd docs && expect_exit 2 hook)
(cd src && expect_exit 0 hook)

# Codex's patches name several files.
call apply_patch command $'*** Begin Patch\n*** Update File: src/a.c\n@@\n-x\n+y\n*** End Patch'
expect_exit 0 hook
call apply_patch command $'*** Begin Patch\n*** Update File: src/a.c\n*** Move to: docs/a.c\n*** End Patch'
expect_exit 2 hook
call apply_patch command 'nothing'
expect_exit 2 hook

git session scope set --enforcement warn -q
allowed Edit file_path docs/a.md
expect_err "warning: 'docs/a.md'"
git session scope set --enforcement off -q
allowed Edit file_path docs/a.md
printf '{' >.orchestrator/wave-scope.json
denied Edit file_path src/a.c
allowed Edit file_path .orchestrator/wave-scope.json
GIT_SESSION_HOOKS=0 expect_exit 0 hook

# Invalid input is denied; empty input is not a tool call.
rejected() {
  expect_exit 2 hook
  expect_json '.permissionDecision == "deny"'
}
for text in '{' 'x' '[]' '"x"' '{"tool_name":1}' '{"tool_name":"Edit"}' '{"tool_name":"Edit","tool_input":{}}' \
  '{"tool_name":"Bash","tool_input":{"command":1}}' '{"tool_name":"Write","tool_input":{"file_path":["a"]}}'; do
  printf '%s' "$text" >"$CASE/call"
  rejected
done
for text in '' $'\n' '{}' '{"tool_name":"Glob","tool_input":7}'; do
  printf '%s' "$text" >"$CASE/call"
  expect_exit 0 hook
  expect_empty_out
done
{ printf '{"x":"' && head -c 1100000 /dev/zero | tr '\0' x && printf '"}'; } >"$CASE/call"
rejected
expect_err "1 MiB"
mkfifo "$CASE/slow"
sleep 8 >"$CASE/slow" &
expect_exit 2 git session hook pre-tool-use <"$CASE/slow"
expect_err "5 seconds"
kill %1
expect_exit 129 git session hook nope
