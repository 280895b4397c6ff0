#!/usr/bin/env bash
# How long our object writer takes for loose objects, as a ratio to libgit2's object database: into an empty repository,
# and the same objects once more (each is freshened).
# usage: objects.sh DIRECTORY-OF-WRITE-OBJECTS [RUNS [OBJECTS…]]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-10}
[ $# -gt 2 ] && sizes=("${@:3}") || sizes=(100 10000)

mkdir "$top/repo"
cd "$top/repo"
printf '%8s %10s %10s %13s %12s\n' objects '' 'ours (ms)' 'libgit2 (ms)' 'of libgit2'
for size in "${sizes[@]}"; do
  for kind in new known; do
    rm -rf .git
    git init -q
    [ $kind = new ] || write-objects libgit2 "$size"
    prepare=true
    [ $kind = known ] || prepare="find .git/objects -type f -delete"
    time_in_turn "$runs" "$prepare" "write-objects ours $size" "write-objects libgit2 $size"
    [ "$(find .git/objects -type f | wc -l)" -eq "$size" ]
    git fsck --strict --no-dangling
    jq -r "$jq_medians"' [map(median * 1000)[], ratio(0; 1)] | @tsv' "$top/times.json" |
      awk -v n="$size" -v kind=$kind '{ printf "%8d %10s %10.1f %13.1f %11.2fx\n", n, kind, $1, $2, $3 }'
  done
done
