#!/usr/bin/env bash
# How long a `git session gc` that deletes half of the snapshots takes, as a ratio to `git for-each-ref` piped to one
# `git update-ref --stdin` for the same refs; the refs packed, and loose. Each run has a clean copy.
# usage: gc.sh PROGRAM-DIRECTORY [RUNS [REFS…]]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-10}
[ $# -gt 2 ] && sizes=("${@:3}") || sizes=(1000 10000)

cat >"$top/copy" <<'COPY'
#!/bin/sh
find . -mindepth 1 -delete
cp -R ../clean/. .
COPY
cat >"$top/batch" <<'BATCH'
#!/bin/sh
git for-each-ref --format='delete %(refname) %(objectname)' 'refs/so-snapshots/old*/*' | git update-ref --stdin
BATCH
chmod +x "$top/copy" "$top/batch"

printf '%8s %8s %10s %12s %10s\n' refs '' 'gc (ms)' 'batch (ms)' 'of batch'
for size in "${sizes[@]}"; do
  for kind in packed loose; do
    git init -q "$top/clean"
    echo 1 | git -C "$top/clean" hash-object -w --stdin >/dev/null
    awk -v n="$size" -v now="$(date +%s)" 'BEGIN {
      for (i = 0; i < n; i++) {
        printf "commit refs/so-snapshots/%s%d/wave-%d-run\ncommitter Bench <bench@example.org> %d +0000\ndata 2\nx\n\n",
          i % 2 ? "old" : "new", i / 20, i % 20, i % 2 ? 1600000000 + i : now
      }
    }' | git -C "$top/clean" fast-import --quiet
    [ $kind = loose ] || git -C "$top/clean" pack-refs --all
    mkdir "$top/repo"
    cd "$top/repo"
    time_in_turn "$runs" "$top/copy" "git session gc -q" "$top/batch"
    "$top/copy"
    git session gc -q
    kept=$(git for-each-ref refs/so-snapshots | wc -l)
    [ "$kept" -eq $((size / 2)) ] || {
      echo "gc kept $kept snapshots" >&2
      exit 1
    }
    jq -r "$jq_medians"' [map(median * 1000)[], ratio(0; 1)] | @tsv' "$top/times.json" |
      awk -v n="$size" -v kind=$kind '{ printf "%8d %8s %10.1f %12.1f %9.2fx\n", n, kind, $1, $2, $3 }'
    cd "$top"
    rm -rf "$top/clean" "$top/repo"
  done
done
