#!/usr/bin/env bash
# How long `git session scope check` and `git session status` take, which look at the work tree themselves, as a ratio to
# `git status`: in a session, with 20 modified and 10 untracked files.
# usage: scan.sh PROGRAM-DIRECTORY [RUNS [FILES…]]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-20}
[ $# -gt 2 ] && sizes=("${@:3}") || sizes=(10000)

printf '%8s %16s %12s %16s %14s %14s\n' files 'scope check (ms)' 'status (ms)' 'git status (ms)' 'scope check' 'status'
for size in "${sizes[@]}"; do
  generate "$top/repo" "$size"
  cd "$top/repo"
  git session init >/dev/null 2>&1
  git add -A
  git commit -q -m "chore: set up sessions"
  git session start --scope 'd*/**' --scope 'untracked*' >/dev/null 2>&1
  time_in_turn "$runs" "$top/dirty" "git session scope check" "git session status" "git status"
  # It must have scanned, or the figure is worthless.
  [ "$(git session scope check --json | jq .paths)" -ge 30 ] || {
    echo "scope check did not see the 30 files" >&2
    exit 1
  }
  jq -r "$jq_medians"' [map(median * 1000)[], ratio(0; 2), ratio(1; 2)] | @tsv' "$top/times.json" |
    awk -v n="$size" '{ printf "%8d %16.1f %12.1f %16.1f %13.2fx %13.2fx\n", n, $1, $2, $3, $4, $5 }'
  cd "$top"
  rm -rf "$top/repo"
done
