#!/usr/bin/env bash
# Without `vcs`, the remote's URL decides the tracker, if its program is installed; a configured one is used.
. "$E2E/lib.sh"
. "$E2E/close.sh"

fake_tracker gh
fake_tracker glab
session_repo
bare_remote
git config remote.origin.pushurl "$CASE/origin.git"

expect_tracker() { # URL gh|glab|local [REPOSITORY]
  rm -f "$CASE"/*.calls
  [ -z "$1" ] || git remote set-url origin "$1"
  start_session --plan "$(plan "[[item]]
title = \"For $2 at $1\"
files = [\"later/**\"]")"
  git commit -q --allow-empty -m "chore: work"
  expect_exit 0 git session close --json
  expect_json '.status == "closed"'
  local used=local
  [ ! -e "$CASE/gh.calls" ] || used=gh
  [ ! -e "$CASE/glab.calls" ] || used=glab
  expect_equal "$used" "$2" "tracker for $1"
  [ -z "${3:-}" ] || expect_equal "$(fake_calls "$2" | jq -r 'index("--repo") as $at | if $at then .[$at + 1] else "none" end' | sort -u)" "$3" "project of $1"
}

expect_tracker https://github.com/owner/name.git gh owner/name
expect_tracker https://user@github.com/owner/name gh owner/name
expect_tracker git@github.com:owner/name.git gh owner/name
expect_tracker ssh://git@ssh.github.com:443/owner/name.git gh owner/name
expect_tracker https://gitlab.com/group/sub/name.git glab https://gitlab.com/group/sub/name
expect_tracker https://git.example.org/owner/name local
expect_tracker "$CASE/origin.git" local
export GH_HOST=ghe.example.org
expect_tracker git@ghe.example.org:owner/name.git gh ghe.example.org/owner/name
expect_file_has "$CASE/gh.environment" "GH_HOST=ghe.example.org"
unset GH_HOST
git config session.gitlab-host git.example.org
expect_tracker https://git.example.org/group/name glab https://git.example.org/group/name
git config --unset session.gitlab-host
# The configured remote counts, and a set `vcs` wins.
git remote add upstream https://github.com/up/stream
git config remote.upstream.pushurl "$CASE/origin.git"
git config session.remote upstream
expect_tracker "" gh up/stream
git config session.vcs github
git config session.remote origin
expect_tracker https://ghe.example.org/owner/name gh ghe.example.org/owner/name
expect_tracker "$CASE/origin.git" gh none
git config session.vcs local
expect_tracker https://github.com/owner/name.git local
git config --unset session.vcs
# Unpushed work is not filed in a tracker that only the URL names.
git remote set-url origin https://github.com/owner/name.git
rm -f "$CASE"/*.calls
start_session --plan "$(plan '[[item]]
title = "Not pushed"
files = ["later/**"]')"
expect_exit 0 git session close --json --no-push
expect_json '.issues[0].outcome == "queued"'
expect_equal "$(fake_calls gh | grep -c create)" 0
