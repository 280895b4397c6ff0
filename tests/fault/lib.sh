# shellcheck shell=bash
# Shared by the fault tests. A scene is a directory $CASE/prepared with repo/ and its remotes beside it, whose URLs are
# relative: each strike works on a copy.

failures=0
trouble() { # POINT TEXT…: continues with the next point
  local point=$1
  shift
  printf 'point %s (%s): %s\n' "$point" "$(sed -n "${point}p" "$CASE/points" 2>/dev/null)" "$*" >&2
  failures=$((failures + 1))
  [ "$failures" -lt "${FAULT_MOST:-20}" ] || give_up
}
give_up() {
  echo "$failures failed" >&2
  exit 1
}
die() {
  echo "$*" >&2
  exit 1
}

# fresh NAME: a copy of the scene, entered.
fresh() {
  rm -rf "${CASE:?}/$1"
  cp -a "$CASE/prepared" "$CASE/$1"
  export CLAUDE_CONFIG_DIR=$CASE/$1/claude
  cd "$CASE/$1/repo" || die "no copy"
}

# struck POINT MODE ARGUMENTS…: runs git-session with its writing call number POINT struck.
struck() {
  local point=$1 mode=$2
  shift 2
  { FAULT_AT=$point FAULT_MODE=$mode LD_PRELOAD=$SHIM "$PROGRAM/git-session" "$@" >"$CASE/out" 2>"$CASE/err"; } 2>/dev/null
}

# kinds_of MODE: letters of the calls that it can strike.
kinds_of() {
  case $1 in
    full) echo DE ;;
    eacces) echo ER ;;
    *) echo DEROS ;;
  esac
}

# count_points MODE ARGUMENTS…: how many writing calls there are in the current repository; $CASE/points names them.
count_points() {
  kinds=$(kinds_of "$1")
  shift
  rm -f "$CASE/points"
  FAULT_LOG=$CASE/points LD_PRELOAD=$SHIM "$PROGRAM/git-session" "$@" >"$CASE/out" 2>"$CASE/err" ||
    die "undisturbed: exit code $?: $(cat "$CASE/err")"
  # shellcheck disable=SC2034 # for messages
  points=$(wc -l <"$CASE/points")
}

# some_points N: about N of the $points that the mode can strike, or those selected.
some_points() {
  local all
  if [ -n "$FAULT_POINTS" ]; then
    case $FAULT_POINTS in
      *..*) seq "${FAULT_POINTS%..*}" "${FAULT_POINTS#*..}" ;;
      *) tr " " "\n" <<<"$FAULT_POINTS" ;;
    esac
  else
    all=$(awk -v kinds="$kinds" 'index(kinds, $2) { print $1 }' "$CASE/points")
    spread "$1" <<<"$all"
  fi
}

# points_named PATTERN N: N of the points at which a file whose name matches is written; more with FAULT_ALL.
points_named() {
  [ -z "$FAULT_POINTS" ] || return 0
  grep -E -- "$1" "$CASE/points" | awk -v kinds="$kinds" 'index(kinds, $2) { print $1 }' | spread "$2"
}

# spread N: N of the lines of stdin; all with FAULT_ALL.
spread() {
  awk -v n="$1" -v every="$FAULT_ALL" '{ at[NR] = $1 } END {
    if (every != "" || NR < n) n = NR
    for (i = 0; i < n; ++i) print at[1 + int((i + 0.5) * NR / n)]
  }'
}

# Digests the files named on stdin, each ended by a NUL; how long a command took is measured and not part of an end state.
digests() {
  local file
  while IFS= read -r -d '' file; do
    printf '%s  %s\n' "$(sed 's/ in [0-9.]* s\b/ in 0 s/g' "$file" | sha1sum | cut -d' ' -f1)" "$file"
  done
}
describe_files() {
  find . -path ./.git -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 -r stat -c '%n %a'
  find . -path ./.git -prune -o -type f -not -name 'vault-*staleness.jsonl' -print0 | LC_ALL=C sort -z | digests
  # These contain the copy's name and the duration.
  cat "$metrics"/vault-*staleness.jsonl 2>/dev/null |
    sed 's/"\(duration_ms\|project_root\|vault_dir\)":[^,]*,//g' || true
  find . -path ./.git -prune -o -type l -printf '%p -> %l\n' | LC_ALL=C sort
  find . -path ./.git -prune -o -type d -printf '%p/\n' | LC_ALL=C sort
}

# The user's own notes, whose directory is named after the copy.
describe_notes() {
  # Only by name, because their directory is named after the copy.
  [ ! -d ../claude ] || find ../claude -type f -print0 | digests | sed 's|  .*/|  |' | LC_ALL=C sort
}

# The whole end state of a session: work tree, index, refs, remotes, this program's own files.
describe() {
  describe_files
  git ls-files --stage
  git -c core.fsmonitor=false status --porcelain -uall
  git for-each-ref
  git symbolic-ref -q HEAD
  [ ! -d ../vault ] || (cd ../vault && find . -type f -print0 | digests | LC_ALL=C sort)
  describe_notes
  for remote in ../*.git; do
    [ -d "$remote" ] || continue
    echo "$remote"
    git -C "$remote" for-each-ref
  done
  # Also an unheld lock file, and what a close leaves behind when it is killed after its end. What a user has trusted by
  # naming a plan stays, whatever becomes of the start. What a snapshot weighs is measured again where it is not noted.
  find .git -name '*.lock' -not -path '.git/git-session/*'
  mkdir -p .git/git-session
  (cd .git/git-session && find . -type f -not -name lock -not -name '*.lock' -not -path './close/files/*' -not -path './close/index*' -not -path './start/*' -not -path './undo/*' -not -path './locks/*' -not -path ./trust -not -path ./snapshot-sizes -not -path './output/*' |
    LC_ALL=C sort)
  # What the private home holds; who it was that took a lock is not part of an end state.
  for part in sessions closed records issues handover; do
    [ ! -d ".git/git-session/$part" ] ||
      find ".git/git-session/$part" -type f -not -name 'vault-*staleness.jsonl' -print0 | LC_ALL=C sort -z | digests
  done
}
