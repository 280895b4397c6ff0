#!/usr/bin/env bash
# How long `git commit` and `git push` take with our hooks, as a ratio to the same command with a hook that does
# nothing: without a session, and in one with 20 scope patterns; 20 files in a commit, 20 commits in a push to a local
# bare repository. The commands alternate, so that a machine that slows down slows both.
# usage: hooks.sh PROGRAM-DIRECTORY [RUNS]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-30}
shipped=$(realpath "$(dirname "$0")/../../hooks")

mkdir "$top/noop" "$top/ours"
hooks=$top/ours
export TOP="$top"
# The two that are installed by default.
for hook in post-commit pre-push; do
  cp "$shipped/$hook" "$hooks/$hook"
  printf '#!/bin/sh\nexit 0\n' >"$top/noop/$hook"
  chmod +x "$top/noop/$hook"
done

git init -q "$top/repo"
cd "$top/repo"
for d in {1..20}; do
  mkdir -p "src/d$d"
  for n in {1..50}; do echo "file $n" >"src/d$d/f$n"; done
done
git session init >/dev/null 2>&1
git add -A
git commit -q -m "chore: files"
git init -q --bare "$top/remote.git"
git remote add origin "$top/remote.git"
git push -q origin main

# What runs before each measured command.
cat >"$top/stage" <<'STAGE'
#!/usr/bin/env bash
set -eu
for d in {1..20}; do echo "$RANDOM $EPOCHREALTIME" >>"src/d$d/f1"; done
git add src
STAGE
cat >"$top/unpush" <<'UNPUSH'
#!/bin/sh
git --git-dir="$TOP/remote.git" update-ref refs/heads/main "$(cat "$TOP/base")"
git update-ref refs/remotes/origin/main "$(cat "$TOP/base")"
UNPUSH
chmod +x "$top/stage" "$top/unpush"

# measure NAME PREPARATION COMMAND…: the median of the ratios of the pairs.
measure() {
  local name=$1 prepare=$2 round
  shift 2
  : >"$top/results"
  for ((round = 0; round < (runs + 4) / 5; round++)); do
    hyperfine -N --style none --warmup 1 --runs 5 --prepare "$prepare" --export-json "$top/result.json" \
      "git -c core.hooksPath=$top/noop $*" "git -c core.hooksPath=$hooks $*" >"$top/log" 2>&1 || {
      cat "$top/log" >&2
      exit 1
    }
    jq -c '[.results[0].times, .results[1].times] | transpose[]' "$top/result.json" >>"$top/results"
  done
  jq -rs --arg name "$name" 'def median: sort | (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2;
    [$name, (map(.[0]) | median) * 1000, (map(.[1]) | median) * 1000, (map(.[1] / .[0]) | median)] | @tsv' "$top/results" |
    awk -F '\t' '{ printf "%-28s %12.2f %12.2f %8.2fx\n", $1, $2, $3, $4 }'
}

printf '%-28s %12s %12s %9s\n' '' 'no-op (ms)' 'ours (ms)' 'ratio'
measure "commit, no session" "$top/stage" commit -q -m x
patterns=()
for d in {1..19}; do patterns+=(--scope "other/d$d/**"); done
patterns+=(--scope "src/")
git session start "${patterns[@]}" >/dev/null 2>&1
git -c core.hooksPath="$top/noop" push -q origin main
git rev-parse HEAD >"$top/base"
measure "commit, active session" "$top/stage" commit -q -m x
git reset -q --hard "$(cat "$top/base")"
for _ in {1..20}; do
  "$top/stage"
  git -c core.hooksPath="$top/noop" commit -q -m x
done
measure "push of 20 commits" "$top/unpush" push -q origin main
# The hooks must have run, or the figures are worthless.
echo stray >stray
git add stray
git -c core.hooksPath="$hooks" commit -q -m stray 2>&1 | grep -q "'stray' matches no pattern" || {
  echo "post-commit did not look" >&2
  exit 1
}
git -c core.hooksPath="$hooks" push -q origin main 2>&1 | grep -q "'stray' matches no pattern" || {
  echo "pre-push did not look" >&2
  exit 1
}
