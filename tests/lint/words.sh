#!/bin/sh
# Fails where a file of the project names a place that its users do not have (the directories in which it was planned and
# first written), and where its documentation, a message or a comment of the program is not plain English. usage: words.sh [TREE]
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

# refuse FOUND MESSAGE: fails with MESSAGE if anything was FOUND.
refuse() {
  [ -n "$1" ] || return 0
  printf '%s\n' "$1"
  echo "words: $2"
  exit 1
}

found=$(list | xargs -0 grep -nIE -e "$places" /dev/null 2>/dev/null || true)
refuse "$found" "say it without that place: a reader of this repository does not have it"

# Each has a plainer word: fix, skip, freshen, detect from, identify by, compare with.
words='mend(s|ed|ing)?|made young|pass(es|ed)? over|(is|are) told (from|by|to)|holds? [^|.]* against|when it may'
found=$(list | tr '\0' '\n' | grep -E '^(\./)?(README[.]md|CONTRIBUTING[.]md|SECURITY[.]md|setup|(docs|man)/[^/]*[.](md|in|sh))$' |
  while read -r file; do grep -nIEw -e "$words" "$file" /dev/null; done || true)
refuse "$found" "say it in plain English; this script lists the words"

# In comments: also distinguish from, step aside, overwrite, its owner, forever, continue, if any, random, another
# session, check, detected by, "is not a". Phrases may continue on the next comment line.
words='mend(s|ed|ing)?|made young|young again|told (apart|by|from|to)|holds? [^|.]* against|laid over|whose it is'
words="$words|stands? (aside|at|behind|beside|in|there)|as it stands|for ever|pass(es|ed)? over|go(es|ing)? on"
words="$words|where there (is|are|was|were)|where (it|that) is none|by chance|somebody|nobody's|everybody('s)?"
words="$words|looks? at|looked at|(it|that|this|which) (is|are) no [a-km-z][a-z]*"
found=$(list | tr '\0' '\n' | grep -E '^(\./)?git-session/.*[.](h|cpp)$' | tr '\n' '\0' |
  xargs -0 awk -v words="(^|[^a-z])($words)([^a-z]|\$)" '
    FNR == 1 { before = "" }
    {
      line = $0
      gsub(/"([^"\\]|\\.)*"/, "", line)
      if (!match(line, /(^|[^:])\/\//)) { before = ""; next }
      text = tolower(substr(line, RSTART + RLENGTH))
      if (text ~ words || (before !~ words && (before text) ~ words)) print FILENAME ":" FNR ":" $0
      before = line ~ /^ *\/\// ? text : ""
    }' /dev/null)
refuse "$found" "say it in plain English; this script lists the words"

# In messages: also interrupted, anyway, continue, currently, already exists, invalid, resumes it, nobody asked for it.
words='mend(s|ed|ing)?|made young|told (apart|by|from|to)|laid over|whose it is|as it stands|for ever|pass(es|ed)? over'
words="$words|go(es|ing)? on|where there (is|are|was|were)|by chance|somebody|nobody|looked at|cut off"
words="$words|all the same|(is|are)? ?there already|no valid|by now|not here|takes (it|them) up|begun"
words="$words|(it|that|this|which|') (is|are) no [a-km-z][a-z]*"
found=$(list | tr '\0' '\n' | grep -E '^(\./)?git-session/.*[.](h|cpp)$' | tr '\n' '\0' |
  xargs -0 awk -v words="(^|[^a-z])($words)([^a-z]|\$)" '
    /^ *\/\// { next }
    {
      text = ""
      line = $0
      while (match(line, /"([^"\\]|\\.)*"/)) {
        text = text " " substr(line, RSTART + 1, RLENGTH - 2)
        line = substr(line, RSTART + RLENGTH)
      }
      # A name, a key or a pattern has no space.
      if (text ~ /[a-z] [a-z]/ && tolower(text) ~ words) print FILENAME ":" FNR ":" $0
    }' /dev/null)
refuse "$found" "say it in plain English; this script lists the words"
