# shellcheck shell=bash
# Shared by all cases. A case is sourced by bash with -e -u -o pipefail in its own directory ($CASE); each helper fails
# the case with its line, what was expected and what came.

OUT=$CASE/out
ERR=$CASE/err

fail() {
  local frame=0
  while [ "${BASH_SOURCE[frame]}" = "${BASH_SOURCE[0]}" ] && [ $((frame + 1)) -lt ${#BASH_SOURCE[@]} ]; do
    frame=$((frame + 1))
  done
  {
    printf '%s:%s: %s\n' "${BASH_SOURCE[frame]}" "${BASH_LINENO[frame - 1]}" "$*"
    if [ -e "$OUT" ]; then
      printf -- '--- stdout of %s\n' "${last_command:-}"
      head -c 4000 "$OUT"
      printf -- '--- stderr\n'
      head -c 4000 "$ERR"
      printf -- '---\n'
    fi
  } >&2
  exit 1
}

skip() {
  echo "skipped: $*"
  exit 77
}

# expect_exit N COMMAND…: runs it, keeps its output in $OUT and $ERR.
expect_exit() {
  local wanted=$1 code=0
  shift
  last_command="$*"
  "$@" >"$OUT" 2>"$ERR" || code=$?
  [ "$code" -eq "$wanted" ] || fail "exit code $code, not $wanted: $last_command"
}

expect_out() { grep -qF -- "$1" "$OUT" || fail "stdout does not have: $1"; }
expect_err() { grep -qF -- "$1" "$ERR" || fail "stderr does not have: $1"; }
expect_no_out() { ! grep -qF -- "$1" "$OUT" || fail "stdout has: $1"; }
expect_no_err() { ! grep -qF -- "$1" "$ERR" || fail "stderr has: $1"; }
expect_out_matches() { grep -qE -- "$1" "$OUT" || fail "stdout does not match: $1"; }
expect_err_matches() { grep -qE -- "$1" "$ERR" || fail "stderr does not match: $1"; }
expect_empty_out() { [ ! -s "$OUT" ] || fail "stdout is not empty"; }

# expect_json FILTER [jq arguments…]: stdout is exactly one JSON document for which FILTER is true.
expect_json() {
  local filter=$1 verdict
  shift
  verdict=$(jq -s "$@" "if length == 1 then (.[0] | ($filter)) else \"\(length) documents\" end" "$OUT" 2>&1) ||
    fail "stdout is not JSON, or not of that form: $filter: $verdict"
  [ "$verdict" = true ] || fail "JSON is not so: $filter (it gives $verdict)"
}
json() { jq -r "$1" "$OUT"; } # a value of the last output

expect_equal() { [ "$1" = "$2" ] || fail "'$1' is not '$2'${3:+: $3}"; }
expect_file() { [ -e "$1" ] || [ -L "$1" ] || fail "no such file: $1"; }
expect_no_file() { if [ -e "$1" ] || [ -L "$1" ]; then fail "there is a file: $1"; fi; }
expect_file_has() { grep -qF -- "$2" "$1" || fail "$1 does not have: $2"; }

# new_repo [NAME]: a repository with one commit; the case continues inside it.
new_repo() {
  git init -q "$CASE/${1:-repo}"
  cd "$CASE/${1:-repo}" || fail "no repository"
  commit_file README.md "read me"
}

# Programs that do nothing, for what looks whether they are there.
programs_are_here() {
  local name
  for name in "$@"; do
    printf '#!/bin/sh\n' >"$CASE/bin/$name"
    chmod +x "$CASE/bin/$name"
  done
}

# commit_file PATH [CONTENT [MESSAGE]]
commit_file() {
  mkdir -p "$(dirname -- "$1")"
  printf '%s\n' "${2:-content of $1}" >"$1"
  git add -- "$1"
  git commit -q -m "${3:-chore: a file}" -- "$1"
}

# bare_remote [NAME]: a bare repository as remote NAME (origin), the branch pushed and tracked.
bare_remote() {
  git init -q --bare "$CASE/${1:-origin}.git"
  git remote add "${1:-origin}" "$CASE/${1:-origin}.git"
  git push -q -u "${1:-origin}" HEAD
}

# A repository in which a session can be started: set up, committed.
session_repo() {
  new_repo "${1:-repo}"
  git session init --records tracked >/dev/null 2>&1 || fail "git session init failed"
  git add -A
  git commit -q -m "chore: set up sessions"
}

file_oid() { git rev-parse --verify -q "$1" || fail "no such object: $1"; } # REV:PATH, :PATH

# Work tree, index, stash and checked-out commit of the repository, as text.
describe_tree() {
  find . -path ./.git -prune -o -type f -printf '%p %m ' -exec sh -c 'git hash-object --no-filters -- "$1"' _ {} \; \
    -o -type l -printf '%p -> %l\n' | LC_ALL=C sort
  git ls-files --stage --full-name -- "$(git rev-parse --show-toplevel)"
  git rev-parse --verify -q HEAD || echo "unborn"
  git symbolic-ref -q HEAD || echo "detached"
  git stash list
}
remember_tree() { describe_tree >"$CASE/remembered"; }
expect_same_tree() {
  describe_tree >"$CASE/described"
  cmp -s "$CASE/remembered" "$CASE/described" ||
    fail "the tree changed: $(diff "$CASE/remembered" "$CASE/described" | head -20)"
}

# in_namespace COMMAND…: as root of a user and mount namespace of its own; the case is skipped if that is not allowed.
in_namespace() {
  unshare -rm true 2>/dev/null || skip "no user namespaces here"
  unshare -rm "$@"
}

# without_override COMMAND…: permissions apply in it, even to root; the case is skipped if that is not possible.
without_override() {
  local drop=-dac_override,-dac_read_search wrapper=()
  if [ "$(id -u)" -eq 0 ]; then wrapper=(setpriv "--bounding-set=$drop" "--inh-caps=$drop"); fi
  : >"$CASE/closed" && chmod 000 "$CASE/closed"
  "${wrapper[@]}" true 2>/dev/null || skip "no setpriv here"
  ! "${wrapper[@]}" cat "$CASE/closed" 2>/dev/null || skip "every file can be read here"
  "${wrapper[@]}" "$@"
}

# fake_tracker gh|glab: puts a stand-in of that name on PATH, which keeps issues in $CASE/NAME (fake_gh, fake_glab).
fake_tracker() {
  ln -s "$E2E/fake_$1" "$CASE/bin/$1"
  mkdir -p "$CASE/$1/issues"
}
fake_calls() { cat "$CASE/$1.calls" 2>/dev/null || true; } # one JSON array of arguments a line
# fake_issue gh|glab NUMBER TITLE [LABEL…]: an open issue that already exists.
fake_issue() {
  local program=$1 number=$2 title=$3
  shift 3
  if [ "$program" = gh ]; then
    jq -n --argjson number "$number" --arg title "$title" '{number: $number, title: $title, body: "", state: "OPEN",
      url: "https://github.com/owner/name/issues/\($number)", labels: ($ARGS.positional | map({name: .})), comments: [],
      milestone: null}' --args -- "$@" >"$CASE/gh/issues/$number.json"
  else
    jq -n --argjson number "$number" --arg title "$title" '{iid: $number, title: $title, description: "", state: "opened",
      web_url: "https://gitlab.com/group/name/-/issues/\($number)", labels: $ARGS.positional, notes: [], milestone: null}' \
      --args -- "$@" >"$CASE/glab/issues/$number.json"
  fi
}

# type_at_prompts: prints each line of standard input as soon as the terminal whose output is $CASE/terminal asks something
# ("> "), then waits for $CASE/ended. A last line without an end is typed without Enter.
type_at_prompts() {
  local line answered=0 end enter='\n'
  while true; do
    IFS= read -r line || enter=
    [ -n "$enter$line" ] || break
    for _ in {1..400}; do
      end=$(stat -c %s "$CASE/terminal")
      if [ "$end" -gt "$answered" ] && [ "$(tail -c 2 "$CASE/terminal")" = "> " ]; then break; fi
      [ ! -e "$CASE/ended" ] || return 0
      sleep 0.05
    done
    answered=$end
    # shellcheck disable=SC2059 # an escape sequence
    printf "%s$enter" "$line"
  done
  for _ in {1..400}; do
    [ ! -e "$CASE/ended" ] || return 0
    sleep 0.05
  done
}

# answered COMMAND…: on a terminal of 100 columns, with the lines of standard input typed; what it showed is in $OUT, without
# carriage returns.
answered() {
  local code=0
  : >"$CASE/terminal"
  rm -f "$CASE/ended"
  type_at_prompts | COLUMNS=100 script -qec "stty cols 100; trap : INT; $*; code=\$?; : >'$CASE/ended'; exit \$code" /dev/null \
    >"$CASE/terminal" 2>&1 || code=$?
  tr -d '\r' <"$CASE/terminal" >"$OUT"
  : >"$ERR"
  # shellcheck disable=SC2034 # fail shows it
  last_command="$*, answered"
  return $code
}
