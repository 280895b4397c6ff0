#!/usr/bin/env bash
# How much longer a close takes for learnings.jsonl: a file of N lines, all of which change, as a ratio to `cp` and `sort`
# of the same file, in one run. usage: learnings.sh PROGRAM-DIRECTORY [RUNS [LINES]]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-20}
lines=${3:-10000}

git init -q "$top/repo"
cd "$top/repo"
git session init >/dev/null 2>&1
git add -A
git commit -q -m "chore: set up"
mkdir -p .git/git-session/records
awk -v n="$lines" 'BEGIN {
  for (i = 0; i < n; i++)
    printf "{\"schema_version\":1,\"id\":\"%08x-0000-4000-8000-000000000000\",\"type\":\"fragile-file\",\"subject\":\"src/file%d.c\",\"insight\":\"changed again and again within one session: look at it as a whole\",\"evidence\":\"in 3 of 7 commits\",\"confidence\":0.%d,\"source_session\":\"main-2026-11-22-1508\",\"created_at\":\"2026-11-22T15:08:50.881Z\",\"expires_at\":\"2999-12-22T00:00:00.000Z\",\"their\":{\"key\":[1,2,3]}}\n", i, i, 5 + i % 5
}' >"$top/learnings.jsonl"
git session start --scope src/ >/dev/null 2>&1

# A dry run looks at everything and writes nothing: the two differ only by the file.
learnings=.git/git-session/records/learnings.jsonl
with="cp $top/learnings.jsonl $learnings"
hyperfine -N --style none --warmup 1 --runs "$runs" --export-json "$top/result.json" \
  --prepare "rm -f $learnings" "git session close --dry-run -q" \
  --prepare "$with" "git session close --dry-run -q" \
  --prepare true "cp $top/learnings.jsonl $top/copy" \
  --prepare true "sort -o $top/copy $top/learnings.jsonl" >"$top/log" 2>&1 || {
  cat "$top/log" >&2
  exit 1
}
jq -r --arg lines "$lines" '[.results[].median * 1000] as [$without, $with, $cp, $sort] | ($with - $without) as $ours |
  "\($lines) lines: \($ours | round) ms more than without (\($without | round) ms); \($ours / $cp * 10 | round / 10) of cp, \($ours / $sort * 10 | round / 10) of sort"' "$top/result.json"
