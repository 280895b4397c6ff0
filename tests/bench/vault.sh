#!/usr/bin/env bash
# How long the phase `vault` of a close takes on a generated vault, as a ratio to reading the same notes with cat(1).
# usage: vault.sh PROGRAM-DIRECTORY [RUNS [NOTES…]]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-20}
[ $# -gt 2 ] && sizes=("${@:3}") || sizes=(5000)

# N notes, a hundred in a directory, each with frontmatter, a few links that lead somewhere, and some text.
generate() {
  awk -v n="$2" -v top="$1" 'BEGIN {
    for (i = 0; i < n; i++) {
      directory = sprintf("%s/d%d", top, i / 100)
      if (i % 100 == 0) system("mkdir -p " directory)
      file = sprintf("%s/note-%d.md", directory, i)
      printf "---\nid: note-%d\ntype: note\ntitle: Note %d\ncreated: 2026-11-01\nupdated: 2026-11-22T14:05:00Z\n", i, i > file
      printf "tags: [area/uploads, v%d]\nstatus: active\naliases:\n  - The note %d\n---\n\n# Note %d\n\n", i % 7, i, i > file
      for (k = 1; k <= 5; k++)
        printf "See [[note-%d]] and [[d0/note-1#part|that one]].\n%s\n\n", (i * k) % n,
          "A paragraph of text that says what was found, and how it was found, in a line or two." > file
      close(file)
    }
  }'
}

git init -q "$top/repo"
cd "$top/repo"
git session init >/dev/null 2>&1
git add -A
git commit -q -m "chore: set up sessions"
git session start >/dev/null 2>&1
git config session.vault-sync.enabled true

printf '%8s %14s %12s %10s\n' notes 'vault (ms)' 'cat (ms)' 'of cat'
for size in "${sizes[@]}"; do
  generate "$top/vault" "$size"
  git config session.vault-sync.vault-dir "$top/vault"
  find "$top/vault" -name '*.md' -print0 >"$top/notes"
  hyperfine -N --style none --warmup 2 --runs "$runs" --export-json "$top/result.json" --output=null \
    "xargs -0 -a $top/notes cat" >"$top/log" 2>&1 || {
    cat "$top/log" >&2
    exit 1
  }
  for ((run = 0; run < runs; run++)); do
    git session close --dry-run --json 2>/dev/null >"$top/answer"
    jq -e --argjson n "$size" '.phases[] | select(.id == "vault") | .outcome == "ok" and (.summary | startswith("\($n) notes:"))' \
      "$top/answer" >/dev/null || {
      jq '.phases[] | select(.id == "vault")' "$top/answer" >&2
      exit 1
    }
    jq '.phases[] | select(.id == "vault") | .duration_ms' "$top/answer"
  done | sort -n >"$top/durations"
  awk -v n="$size" -v cat="$(jq '.results[0].median * 1000' "$top/result.json")" '{ value[NR] = $1 }
    END { median = value[int((NR + 1) / 2)]; printf "%8d %14d %12.1f %9.2fx\n", n, median, cat, median / cat }' "$top/durations"
  rm -rf "$top/vault"
done
