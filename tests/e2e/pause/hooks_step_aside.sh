#!/usr/bin/env bash
# While a session is paused the hooks act as if it were not there; what was committed then is none of its commits.
. "$E2E/lib.sh"
. "$E2E/close.sh"
. "$E2E/hook.sh"

edit() { jq -cn --arg path "$1" --arg cwd "$PWD" '{cwd: $cwd, tool_name: "Write", tool_input: {file_path: $path}}' | git session hook pre-tool-use; }
sweep() { jq -cn --arg cwd "$PWD" '{cwd: $cwd, tool_name: "Bash", tool_input: {command: "git add -A"}}' | git session hook pre-tool-use; }

for home in private tracked; do
  new_repo "$home"
  bare_remote "$home"
  git session init --records $home >/dev/null 2>&1
  git add -A
  git commit -q --allow-empty -m "chore: set up"
  git push -q "$home" HEAD
  git config session.enforcement strict
  start_session --scope 'src/**'
  use_hook pre-commit post-commit pre-push
  mkdir src
  commit_file src/a
  echo 1 >out
  git add out
  expect_exit 1 git commit -q -m "feat: out"
  expect_exit 2 edit out
  expect_exit 2 sweep
  git reset -q out
  rm out

  expect_exit 0 git session pause
  expect_exit 0 git session scope show --json
  expect_json '.scope == null'
  echo 1 >out
  git add out
  expect_exit 0 git commit -m "feat: out"
  expect_no_err "out of scope"
  expect_no_err "not of"
  expect_exit 0 edit anywhere
  expect_exit 0 sweep
  expect_exit 0 git push -q "$home" HEAD
  expect_exit 0 git session scope check out

  expect_exit 0 git session resume
  expect_exit 0 git session scope show --json
  expect_json '.allowed_paths == ["src/**"] and .enforcement == "strict"'
  expect_exit 2 edit anywhere
  echo 2 >out
  git add out
  expect_exit 1 git commit -q -m "feat: out again"
  git reset -q --hard
  # Committed while it was paused, pushed now.
  expect_exit 0 git session pause
  commit_file later
  expect_exit 0 git session resume
  expect_exit 0 git push -q "$home" HEAD
  git commit -q --no-verify --allow-empty -m "chore: empty"
  echo 3 >later
  git commit -q --no-verify -m "feat: out of scope" -- later 2>/dev/null
  expect_exit 1 git push -q "$home" HEAD
  expect_err "later"
  expect_no_err "'out'"
done

# Another session's hooks know what the paused one has left.
new_repo left
git session init --local >/dev/null 2>&1
for file in a b; do commit_file $file; done
git config session.enforcement strict
start_session --name two
start_session --name one --scope a
use_hook pre-commit
echo mine >>a
expect_exit 0 git session pause --session one
echo theirs >>b
expect_exit 0 git commit -q -m "feat: b" -- b
expect_exit 1 git commit -q -a -m "feat: all"
expect_err "'a' is left by session 'one'"
expect_err "which is paused (other-session)"
