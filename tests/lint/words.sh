#!/bin/sh
# Fails where a file of the project names a place that its users do not have (the directories in which it was planned and
# first written), and where its documentation is not plain English. usage: words.sh [TREE]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$here/../..}"

# In pieces, so that this file passes too.
places="(^|[^A-Za-z0-9_.-])(shar""ed|se""ed)/|(^|[^A-Za-z0-9_.}-])/wo""rk(/|[^A-Za-z0-9_-]|\$)"

if git rev-parse --is-inside-work-tree >/dev/null 2>&1 && [ -z "$(git rev-parse --show-prefix)" ]; then
  list() { git ls-files -z; }
else
  list() { find . -path ./build -prune -o -type f -print0; }
fi
found=$(list | xargs -0 grep -nIE -e "$places" /dev/null 2>/dev/null || true)
[ -z "$found" ] || {
  printf '%s\n' "$found"
  echo "words: say it without that place: a reader of this repository does not have it"
  exit 1
}

# Each has a plainer word: fix, skip, freshen, detect from, identify by, compare with.
words='mend(s|ed|ing)?|made young|pass(es|ed)? over|(is|are) told (from|by|to)|holds? [^|.]* against'
found=$(list | tr '\0' '\n' | grep -E '^(\./)?(README[.]md|CONTRIBUTING[.]md|SECURITY[.]md|(docs|man)/[^/]*[.](md|in))$' |
  while read -r file; do grep -nIEw -e "$words" "$file" /dev/null; done || true)
[ -z "$found" ] || {
  printf '%s\n' "$found"
  echo "words: say it in plain English; this script lists the words"
  exit 1
}
