#!/usr/bin/env bash
# How long `git session snapshot` takes, as a ratio to `git stash create` (which leaves untracked files out) and to
# `git status`, on generated repositories with 20 modified and 10 untracked files, fresh content in each run; and its peak
# memory as a ratio to that of `git status`.
# usage: snapshot.sh PROGRAM-DIRECTORY [RUNS [FILES…]]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-20}
[ $# -gt 2 ] && sizes=("${@:3}") || sizes=(100 10000)

# What runs before each measured command.
cat >"$top/fresh" <<'FRESH'
#!/usr/bin/env bash
set -eu
git for-each-ref --format='delete %(refname)' refs/so-snapshots | git update-ref --stdin
exec ../dirty
FRESH
chmod +x "$top/fresh"

printf '%8s %14s %12s %12s %14s %14s %14s\n' files 'snapshot (ms)' 'stash (ms)' 'status (ms)' 'of stash' 'of status' 'memory'
for size in "${sizes[@]}"; do
  generate "$top/repo" "$size"
  cd "$top/repo"
  time_in_turn "$runs" "$top/fresh" "git session snapshot -q --session bench --label run" "git stash create" "git status"
  # Each run must have saved something, or the figure is worthless.
  "$top/fresh"
  git session snapshot -q --session bench --label run
  [ "$(git stash show --include-untracked --name-only refs/so-snapshots/bench/wave-0-run | wc -l)" -eq 30 ] || {
    echo "the snapshot does not hold the 30 files" >&2
    exit 1
  }
  "$top/fresh"
  ours=$(peak git session snapshot -q --session bench --label run)
  theirs=$(peak git status)
  jq -r "$jq_medians"' [map(median * 1000)[], ratio(0; 1), ratio(0; 2)] | @tsv' "$top/times.json" |
    awk -v n="$size" -v ours="${ours:-0}" -v theirs="${theirs:-1}" \
      '{ printf "%8d %14.1f %12.1f %12.1f %13.2fx %13.2fx %13.2fx\n", n, $1, $2, $3, $4, $5, ours / theirs }'
  cd "$top"
  rm -rf "$top/repo"
done
