#!/usr/bin/env bash
# What a killed process left half written is not a change: no close commits it, and the next command removes it.
. "$E2E/lib.sh"
. "$E2E/close.sh"

begin
sh -c 'echo $$' >"$CASE/dead"
temp=.git-session-$(cat "$CASE/dead")-0.tmp
mkdir -p src .orchestrator/issues
commit_file src/a.txt
echo more >src/a.txt
echo half >"src/$temp"
echo half >".orchestrator/issues/$temp"
expect_exit 0 git session status --json
expect_json '[.changes[].path] == ["src/a.txt"]'
expect_exit 0 git session scope set -q "other/"
expect_exit 1 git session scope check --json
expect_no_out "$temp"
git session scope clear -q
git add "src/$temp"
expect_exit 0 git session status --json
expect_json '[.changes[].path] == ["src/a.txt"]'
git rm -q --cached "src/$temp"

# If its place is noted, the next command removes it; files of a running process stay.
mkdir -p .git/git-session/temp-places .git/git-session/temp
pwd >"$CASE/here"
printf '%s' "$(cat "$CASE/here")/src" >".git/git-session/temp-places/$temp"
printf '%s' "$(cat "$CASE/here")/src" >".git/git-session/temp-places/.git-session-$$-0.tmp"
echo half >"src/.git-session-$$-0.tmp"
echo half >".git/git-session/temp/$temp"
expect_exit 0 git session status
expect_no_file "src/$temp"
expect_no_file ".git/git-session/temp/$temp"
expect_no_file ".git/git-session/temp-places/$temp"
expect_file "src/.git-session-$$-0.tmp"
expect_file ".git/git-session/temp-places/.git-session-$$-0.tmp"

base=$(git rev-parse HEAD)
expect_exit 0 git session close --json --decide unclaimed=include
git diff --name-only "$base" HEAD >"$OUT"
expect_out "src/a.txt"
expect_no_out ".tmp"
