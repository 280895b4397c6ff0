#!/usr/bin/env bash
# How long `git session snapshot` takes, as a ratio to `git stash create` (which leaves untracked files out) and to
# `git status`, on generated repositories with 20 modified and 10 untracked files, fresh content in each run.
# usage: snapshot.sh PROGRAM-DIRECTORY [RUNS [FILES…]]     77: no hyperfine or no jq here
set -eu -o pipefail
for tool in hyperfine jq; do
  command -v $tool >/dev/null || {
    echo "no $tool here"
    exit 77
  }
done
program=$(realpath "$1")
runs=${2:-20}
[ $# -gt 2 ] && sizes=("${@:3}") || sizes=(100 10000 100000)

top=$(mktemp -d "${TMPDIR:-/tmp}/git-session-bench.XXXXXX")
trap 'rm -rf "$top"' EXIT
mkdir "$top/home"
export HOME="$top/home" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$top/home/.gitconfig" PATH="$program:$PATH" LC_ALL=C.UTF-8
git config --global user.name "Bench"
git config --global user.email "bench@example.org"
git config --global init.defaultBranch main
git config --global gc.auto 0

# A repository of N files, a hundred in a directory, ten directories in one above.
generate() {
  git init -q "$1"
  awk -v n="$2" -v top="$1" 'BEGIN {
    for (i = 0; i < n; i++) {
      directory = sprintf("%s/d%d/e%d", top, i / 1000, (i / 100) % 10)
      if (i % 100 == 0) system("mkdir -p " directory)
      file = sprintf("%s/file%d.txt", directory, i)
      printf "file %d\nwith a few lines\nof text\n", i > file
      close(file)
    }
  }'
  git -C "$1" add -A
  git -C "$1" commit -q -m "chore: $2 files"
}

# What runs before each measured command: new content in the same 20 and 10 files, no snapshots left.
cat >"$top/fresh" <<'FRESH'
#!/usr/bin/env bash
set -eu
git for-each-ref --format='delete %(refname)' refs/so-snapshots | git update-ref --stdin
while IFS= read -r file; do echo "$RANDOM $EPOCHREALTIME" >>"$file"; done <../modified
for n in {1..10}; do echo "$RANDOM $EPOCHREALTIME" >"untracked$n"; done
FRESH
chmod +x "$top/fresh"

printf '%8s %14s %12s %12s %14s %14s\n' files 'snapshot (ms)' 'stash (ms)' 'status (ms)' 'of stash' 'of status'
for size in "${sizes[@]}"; do
  generate "$top/repo" "$size"
  cd "$top/repo"
  git ls-files | awk -v n="$size" 'NR % int(n / 20) == 0' | head -n 20 >../modified
  hyperfine -N --style none --warmup 2 --runs "$runs" --prepare "$top/fresh" --export-json "$top/result.json" \
    "git session snapshot -q --session bench --label run" "git stash create" "git status" >"$top/log" 2>&1 || {
    cat "$top/log" >&2
    exit 1
  }
  # Each run must have saved something, or the figure is worth nothing.
  "$top/fresh"
  git session snapshot -q --session bench --label run
  [ "$(git stash show --include-untracked --name-only refs/so-snapshots/bench/wave-0-run | wc -l)" -eq 30 ] || {
    echo "the snapshot does not hold the 30 files" >&2
    exit 1
  }
  jq -r '.results | map(.median) as [$snapshot, $stash, $status] |
    [($snapshot, $stash, $status) * 1000, $snapshot / $stash, $snapshot / $status] | @tsv' "$top/result.json" |
    awk -v n="$size" '{ printf "%8d %14.1f %12.1f %12.1f %13.2fx %13.2fx\n", n, $1, $2, $3, $4, $5 }'
  cd "$top"
  rm -rf "$top/repo"
done
