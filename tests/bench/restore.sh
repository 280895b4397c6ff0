#!/usr/bin/env bash
# How long `git session snapshot restore`, `diff`, `show` and `list` take in an open session, as ratios to git's commands for
# the same: 20 modified files, of which none or 10 are staged, and 10 untracked ones.
# usage: restore.sh PROGRAM-DIRECTORY [RUNS [SNAPSHOTS [FILES…]]]     77: no hyperfine or no jq here
set -eu -o pipefail
. "$(dirname "$0")/lib.sh"
runs=${2:-20}
snapshots=${3:-1000}
[ $# -gt 3 ] && sizes=("${@:4}") || sizes=(100 10000)

# Both start from a clean tree, as `git stash apply --index` needs it. What a restore has saved goes as well.
cat >"$top/wreck" <<'WRECK'
#!/usr/bin/env bash
set -eu
git reset -q --hard
rm -f untracked*
git for-each-ref --format='delete %(refname)' 'refs/so-snapshots/**/wave-0-before-restore*' | git update-ref --stdin
WRECK
chmod +x "$top/wreck"

fail() {
  echo "$1" >&2
  exit 1
}

row() { # row FILES OURS THEIRS
  jq -r "$jq_medians"' [map(median * 1000)[], ratio(0; 1)] | @tsv' "$top/times.json" |
    awk -F'\t' -v n="$1" -v ours="$2" -v theirs="$3" '{ printf "%8d  %-25s %10.1f  %-34s %10.1f %8.2fx\n", n, ours, $1, theirs, $2, $3 }'
}

# What is there: the index, the tracked files that differ from it, the untracked ones.
state() {
  git diff --cached
  git diff
  git ls-files --others
  cat untracked*
}

open_session() { # open_session FILES
  generate "$top/repo" "$1"
  cd "$top/repo"
  git session init >/dev/null 2>&1
  git add -A
  git commit -q -m "chore: set up sessions"
  git session start --scope 'd*/**' --scope 'untracked*' >/dev/null 2>&1
}

measure_restore() { # measure_restore FILES STAGED
  "$top/dirty"
  [ "$2" -eq 0 ] || head -n "$2" "$top/modified" | xargs git add --
  state >"$top/wanted"
  git session snapshot -q --label "staged-$2"
  git stash push -q --include-untracked
  for command in "git session snapshot restore staged-$2" "git stash apply -q --index"; do
    "$top/wreck"
    $command >"$top/log"
    state | cmp -s - "$top/wanted" || fail "'$command' gives another tree"
  done
  time_in_turn "$runs" "$top/wreck" "git session snapshot restore staged-$2" "git stash apply -q --index"
  row "$1" "restore, $2 staged" "stash apply --index"
}

# Against the work tree, between two, and one alone.
measure_diff() { # measure_diff FILES
  "$top/wreck"
  "$top/dirty"
  [ "$(git session snapshot diff staged-0 --json | jq '.changes | length')" -eq 30 ] || fail "diff does not see 30 files"
  time_in_turn "$runs" "$top/dirty" "git session snapshot diff staged-0" "git diff"
  row "$1" "diff SNAP" "diff"
  [ "$(git session snapshot diff staged-0 staged-10 --json | jq '.changes | length')" -eq 30 ] || fail "diff does not see 30 files"
  time_in_turn "$runs" true "git session snapshot diff staged-0 staged-10" "git diff stash@{1} stash@{0}"
  row "$1" "diff SNAP SNAP" "diff stash@{1} stash@{0}"
  time_in_turn "$runs" true "git session snapshot show -p staged-0" "git stash show -p --include-untracked stash@{1}"
  row "$1" "show -p" "stash show -p --include-untracked"
}

# The table names the files of the newest 200.
measure_list() { # measure_list FILES SNAPSHOTS
  local base index untracked tree commit newest i
  base=$(git rev-parse "stash@{1}^1")
  index=$(git rev-parse "stash@{1}^2")
  untracked=$(git rev-parse "stash@{1}^3")
  tree=$(git rev-parse "stash@{1}^{tree}")
  git stash clear
  for ((i = 0; i < $2; i++)); do
    commit=$(git commit-tree "$tree" -p "$base" -p "$index" -p "$untracked" -m "so-snapshot bench wave $i run")
    git stash store "$commit" -m "so-snapshot bench wave $i run"
    echo "create refs/so-snapshots/bench/wave-$i-run $commit"
  done | git update-ref --stdin
  git pack-refs --all
  [ "$(git session snapshot list --all -q | grep -c '^bench/')" -eq "$2" ] || fail "list does not list $2"
  time_in_turn "$runs" true "git session snapshot list --all" "git stash list"
  row "$1" "list --all, of $2" "stash list"
  newest=$(($2 < 200 ? $2 : 200))
  time_in_turn "$runs" true "git session snapshot list --all" "git stash list -n $newest -m --first-parent --name-status"
  row "$1" "list --all, of $2" "the same, and files of $newest"
}

printf '%8s  %-25s %10s  %-34s %10s %9s\n' files ours '(ms)' "git's" '(ms)' ratio
for size in "${sizes[@]}"; do
  open_session "$size"
  measure_restore "$size" 0
  measure_restore "$size" 10
  measure_diff "$size"
  [ "$size" != "${sizes[0]}" ] || measure_list "$size" "$snapshots"
  cd "$top"
  rm -rf "$top/repo"
done
