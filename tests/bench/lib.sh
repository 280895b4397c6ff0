# For the benchmarks: hermetic git, generated repositories, ratios. Sourced first, with the program's directory as $1; `top`
# is a temporary directory. Exits with 77 without hyperfine or jq.
# shellcheck shell=bash
for tool in hyperfine jq; do
  command -v $tool >/dev/null || {
    echo "no $tool here"
    exit 77
  }
done
program=$(realpath "$1")
top=$(mktemp -d "${TMPDIR:-/tmp}/git-session-bench.XXXXXX")
trap 'rm -rf "$top"' EXIT
mkdir "$top/home"
export HOME="$top/home" GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL="$top/home/.gitconfig" PATH="$program:$PATH" LC_ALL=C.UTF-8
git config --global user.name "Bench"
git config --global user.email "bench@example.org"
git config --global init.defaultBranch main
git config --global gc.auto 0
git config --global maintenance.auto false

# A repository of N files, a hundred per directory, ten directories per parent; twenty of them are listed in $top/modified.
generate() { # generate DIRECTORY N
  git init -q "$1"
  awk -v n="$2" 'BEGIN {
    printf "commit refs/heads/main\ncommitter Bench <bench@example.org> 1700000000 +0000\ndata 6\nfiles\n"
    for (i = 0; i < n; i++) {
      text = sprintf("file %d\nwith a few lines\nof text\n", i)
      printf "M 100644 inline d%d/e%d/file%d.txt\ndata %d\n%s\n", i / 1000, (i / 100) % 10, i, length(text), text
    }
  }' | git -C "$1" fast-import --quiet
  git -C "$1" reset -q --hard
  git -C "$1" ls-files | awk -v n="$2" 'NR % int(n / 20) == 0' | head -n 20 >"$top/modified"
  # Files as recent as the index would all have to be read.
  sleep 1
  git -C "$1" update-index -q --refresh
  touch "$1/.git/index"
}

# New content in the same 20 and 10 files.
cat >"$top/dirty" <<'DIRTY'
#!/usr/bin/env bash
set -eu
while IFS= read -r file; do echo "$RANDOM $EPOCHREALTIME" >>"$file"; done <../modified
for n in {1..10}; do echo "$RANDOM $EPOCHREALTIME" >"untracked$n"; done
DIRTY
chmod +x "$top/dirty"

# Commands in turn, so that a machine that slows down slows all of them: $top/times.json holds an array of times for each.
time_in_turn() { # time_in_turn RUNS PREPARATION COMMAND…
  local runs=$1 prepare=$2 round
  shift 2
  rm -f "$top"/round-*.json
  for ((round = 0; round < (runs + 4) / 5; round++)); do
    hyperfine -N --style none --warmup 1 --runs "$((runs < 5 ? (runs < 2 ? 2 : runs) : 5))" --prepare "$prepare" \
      --export-json "$top/round-$round.json" "$@" >"$top/log" 2>&1 || {
      cat "$top/log" >&2
      exit 1
    }
  done
  jq -s '[.[] | [.results[].times]] | transpose | map(add)' "$top"/round-*.json >"$top/times.json"
}

# jq functions for $top/times.json: median of times, and of the ratios of the pairs.
# shellcheck disable=SC2034
jq_medians='def median: sort | (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2;
  def ratio($a; $b): [.[$a], .[$b]] | transpose | map(.[0] / .[1]) | median;'

# Peak memory in KiB; empty without GNU time.
peak() { # peak COMMAND…
  /usr/bin/time -o "$top/peak" -f %M "$@" >/dev/null 2>&1 || return 0
  cat "$top/peak"
}
