# shellcheck shell=bash
# Shared by the cases of the hooks; sourced after lib.sh.

# use_hook NAME…: the repository's hook hands over to git-session, and keeps its exit code.
use_hook() {
  local name hooks
  hooks=$(git rev-parse --git-path hooks)
  mkdir -p "$hooks"
  for name; do
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nexec git-session hook %s "$@"\n' "$name" >"$hooks/$name"
    chmod +x "$hooks/$name"
  done
}

# scoped_session ENFORCEMENT PATTERN…: an active session in a repository with a remote.
scoped_session() {
  local enforcement=$1 pattern
  local options=()
  shift
  for pattern; do options+=(--scope "$pattern"); done
  session_repo
  bare_remote
  git -c session.enforcement="$enforcement" session start "${options[@]}" >/dev/null 2>"$ERR" ||
    fail "git session start failed: $(cat "$ERR")"
}

events() { grep -hF git_session.scope.violation .orchestrator/metrics/events.jsonl 2>/dev/null || true; }
event_count() { events | wc -l; }

# run_hints: does what the last output told the user to do.
run_hints() { sed -n 's/^hint:   //p' "$ERR" | bash -eu; }
