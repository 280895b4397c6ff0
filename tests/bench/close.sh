#!/usr/bin/env bash
# How long `git session close` takes without gates, as a ratio to the git commands that make the same commits: a status, an
# add and a commit for each plan item, and a push to a local bare repository.
# usage: close.sh PROGRAM-DIRECTORY [RUNS [FILES:CHANGED:ITEMS…]]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-10}
[ $# -gt 2 ] && scenes=("${@:3}") || scenes=(100:40:2 10000:20:2 10000:2000:20)

# What is measured on git's side, in its own copy of the tree.
cat >"$top/by-git" <<'GIT'
#!/usr/bin/env bash
set -eu
cd "$TOP/theirs"
git status --porcelain >/dev/null
for list in "$TOP"/item-*; do
  xargs git add -- <"$list"
  git commit -q -m "feat: an item"
done
git push -q origin HEAD:main
GIT
cat >"$top/by-us" <<'US'
#!/usr/bin/env bash
set -eu
cd "$TOP/ours"
git session close -q --yes >"$TOP/close.log" 2>&1
US
cat >"$top/fresh" <<'FRESH'
#!/usr/bin/env bash
set -eu
# What is dirty before a session starts is not its own. The session is still open if git's side came last.
cd "$TOP/ours"
git session start -q --plan "$TOP/plan.toml" >"$TOP/start.log" 2>&1 || ls .git/git-session/sessions/*/STATE.md >/dev/null
for repository in ours theirs; do
  cd "$TOP/$repository"
  cat "$TOP"/item-* | while IFS= read -r file; do echo "$RANDOM $EPOCHREALTIME" >>"$file"; done
done
FRESH
chmod +x "$top/by-git" "$top/by-us" "$top/fresh"
export TOP=$top

printf '%8s %8s %6s %12s %12s %10s\n' files changed items 'close (ms)' 'git (ms)' ratio
for scene in "${scenes[@]}"; do
  IFS=: read -r files changed items <<<"$scene"
  rm -rf "$top"/item-* "$top/ours" "$top/theirs" "$top"/*.git
  generate "$top/theirs" "$files"
  git -C "$top/theirs" ls-files | awk -v n="$files" -v changed="$changed" -v items="$items" -v top="$top" \
    'NR % int(n / changed) == 0 && count < changed { print > sprintf("%s/item-%03d", top, count++ % items) }'
  {
    echo 'title = "Bench"'
    for list in "$top"/item-*; do
      printf '[[item]]\ntitle = "Item %s"\nfiles = [%s]\n' "${list##*-}" "$(sed 's/.*/"&"/' "$list" | paste -sd,)"
    done
  } >"$top/plan.toml"
  cp -a "$top/theirs" "$top/ours"
  for repository in ours theirs; do
    git init -q --bare "$top/$repository.git"
    git -C "$top/$repository" update-index -q --refresh || true
    git -C "$top/$repository" remote add origin "$top/$repository.git"
  done
  (
    cd "$top/ours"
    git session init >/dev/null 2>&1
    git add -A
    git commit -q -m "chore: set up"
  )
  for repository in ours theirs; do git -C "$top/$repository" push -q -u origin HEAD:main; done
  before=$(git -C "$top/ours" rev-parse HEAD)
  time_in_turn "$runs" "$top/fresh" "$top/by-us" "$top/by-git"
  # Each run must have made its commits and pushed them, or the figure is worth nothing.
  made=$(git -C "$top/ours.git" rev-list --count "$before..main")
  closes=$(wc -l <"$top/ours/.git/git-session/records/sessions.jsonl")
  if [ "$closes" -lt "$runs" ] || [ "$made" -ne $((closes * items)) ]; then
    cat "$top/start.log" "$top/close.log" >&2
    echo "$made commits in $closes closes of $items items each" >&2
    exit 1
  fi
  jq -r "$jq_medians"' [map(median * 1000)[], ratio(0; 1)] | @tsv' "$top/times.json" |
    awk -v files="$files" -v changed="$changed" -v items="$items" \
      '{ printf "%8d %8d %6d %12.1f %12.1f %9.2fx\n", files, changed, items, $1, $2, $3 }'
done
