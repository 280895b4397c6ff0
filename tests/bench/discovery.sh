#!/usr/bin/env bash
# How long the phase `discovery` of a close takes over a change of N new source files, as a ratio to `git diff` of the
# same change and to `git grep` in the same files. usage: discovery.sh PROGRAM-DIRECTORY [RUNS [FILES]]
# 77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-20}
files=${3:-2000}

git init -q "$top/repo"
cd "$top/repo"
git session init >/dev/null 2>&1
git add -A
git commit -q -m "chore: set up"
git session start --scope src/ >/dev/null 2>&1
git config session.discovery-on-close true
git config session.vcs local
# A hundred lines each, in four languages, with something to find in one file of fifty.
awk -v n="$files" 'BEGIN {
  split("c py js go", endings, " "); split("// # // //", marks, " ")
  for (i = 0; i < n; i++) {
    kind = i % 4 + 1
    directory = sprintf("src/d%d", i / 100)
    if (i % 100 == 0) system("mkdir -p " directory)
    file = sprintf("%s/file%d.%s", directory, i, endings[kind])
    for (k = 0; k < 100; k++)
      if (k % 10 == 0) printf "%s what the next lines are for, number %d of file %d\n", marks[kind], k, i > file
      else printf "    value_%d = compute(\"%d\", other[%d].name, token_of(%d)) + %d;\n", k, i, k, i, i * k > file
    if (i % 50 == 0) printf "%s TODO: finish this\n", marks[kind] > file
    close(file)
  }
}'
git add -N src

hyperfine -N --style none --warmup 2 --runs "$runs" --export-json "$top/result.json" --output=null \
  "git diff HEAD" "git grep -nE TODO|FIXME|HACK|XXX -- src" >"$top/log" 2>&1 || {
  cat "$top/log" >&2
  exit 1
}
git reset -q
for ((run = 0; run < runs; run++)); do
  git session close --dry-run --json 2>/dev/null >"$top/answer" || true
  jq -e --argjson n "$files" '.phases[] | select(.id == "discovery") | .findings | length == (($n + 49) / 50 | floor)' "$top/answer" >/dev/null || {
    jq '.phases[] | select(.id == "discovery") | .summary' "$top/answer" >&2
    exit 1
  }
  jq '.phases[] | select(.id == "discovery") | .duration_ms' "$top/answer"
done | sort -n >"$top/durations"
awk -v n="$files" -v diff="$(jq '.results[0].median * 1000' "$top/result.json")" \
  -v grep="$(jq '.results[1].median * 1000' "$top/result.json")" '{ value[NR] = $1 } END {
    median = value[int((NR + 1) / 2)]
    printf "%d files of 100 lines: %d ms; %.2f of git diff (%.1f ms), %.2f of git grep (%.1f ms)\n",
      n, median, median / diff, diff, median / grep, grep }' "$top/durations"
