#!/usr/bin/env bash
# shellcheck disable=SC2034 # what a class reads
# One class of attacks, run by `run`. tests/attacks/CLASS.sh defines
#   prepare       makes the repository of which each attack gets a copy, in $CASE
#   try_NAME      an attack, run in $CASE/repo; `attack NAME FUNCTION ARGUMENT…` adds one for each row of a table
#   control_NAME  something allowed: shows that the canaries see what they are to see
#   judge         beside what every class looks for: calls `through` where something got through
set -u
OUT=$CASE/out
ERR=$CASE/err
names=() functions=()
attack() {
  names+=("$1")
  functions+=("$(printf '%q ' "${@:2}")")
}

# What an attack says.
through() { # WHAT: it got through
  printf '%s' "$*" >"$ROOT/why"
  exit 3
}
none() { # WHY: this program, or this machine, has no such thing
  printf '%s' "$*" >"$ROOT/why"
  exit 4
}
broken() { # WHY: the attack itself could not be played
  printf '%s' "$*" >"$ROOT/why"
  exit 5
}

# run COMMAND…: whatever becomes of it; its output in $OUT and $ERR, and its exit code in $code.
run() {
  code=0
  "$@" >"$OUT" 2>"$ERR" </dev/null || code=$?
}
must() { "$@" >"$OUT" 2>"$ERR" </dev/null || broken "$*: $(tail -n 2 "$ERR" | tr '\n' ' ')"; }
# The version before sessions were kept in the git directory knows one home, and init no option for it.
has_homes() { git session init -h 2>&1 | grep -q -e --records; }
init_tracked() { if has_homes; then git session init --records tracked; else git session init; fi >/dev/null 2>&1; }
init_private() { if has_homes; then git session init --local -q; else git session init -q; fi >/dev/null 2>&1; }
commit_all() { git add -A -f && { git diff --cached --quiet || git commit -q -m "${1:-chore: theirs}"; }; }
# new_repo: with one commit and a remote, in $CASE/repo
new_repo() {
  git init -q "$CASE/repo" && cd "$CASE/repo" || exit 1
  echo "read me" >README.md && git add . && git commit -q -m "chore: first"
  git init -q --bare "$CASE/${1:-origin}.git"
  git remote add origin "$CASE/${1:-origin}.git"
}
# Before the first session begins, everything outside is as the attack has made it.
settle() { before=$(outside); }
# A start that refuses is one way to hold.
start() {
  [ -n "${started:-}" ] || settle
  started=yes
  run git session start "$@"
}
work() { mkdir -p src && echo "${1:-work}" >>src/a.c; }
digits() { jq -r '[.decisions[]? | select(.id == "trust")][0].choices[0] // "none"' "$OUT" 2>/dev/null; }

# What lies outside of the work tree and must stay: the user's files, git's own hooks and configuration, an empty HOME.
outside() {
  (cd "$CASE" && for place in outside home repo/.git/hooks repo/.git/config repo/.git/info; do
    find "$place" ! -type d -exec cksum {} + -o -type d -print 2>/dev/null
  done | LC_ALL=C sort)
}
judge() { :; }
arrive() { :; } # before each attack

play() { # NAME FUNCTION…: plays one in a fresh copy, and notes the verdict
  local name=$1 status=0 verdict said="" begun=$SECONDS
  chmod -R u+rwX "$CASE" 2>/dev/null
  rm -rf "$CASE" "$ROOT/why" "$ROOT/tmp"
  mkdir "$ROOT/tmp"
  cp -a "$ROOT/template" "$CASE"
  (
    cd "$CASE/repo" || exit 5
    set -e
    arrive
    eval "$2"
    set +e
    [ ! -e "$CASE/ran" ] || through "a command ran"
    [ "$(outside)" = "$before" ] || through "changed outside: $(diff <(echo "$before") <(outside) | grep '^[<>]' | tail -n 1)"
    cd "$CASE/repo" || exit 5
    judge
    exit 0
  ) >"$ROOT/shell" 2>&1 || status=$?
  case $status in
    0) verdict=held ;;
    3) verdict=through ;;
    4) verdict=none ;;
    *) verdict=broken ;;
  esac
  if [ -e "$ROOT/why" ]; then
    said=$(tr '\n\t' '  ' <"$ROOT/why")
  elif [ "$verdict" = broken ]; then
    said="status $status: $(tail -n 2 "$ROOT/shell" | tr '\n\t' '  ')"
  else
    said=$(grep -ahE '^(error|fatal|warning): ' "$ERR" 2>/dev/null | head -n 1)
    [ -n "$said" ] || said=$(jq -r '.error.message // ([.decisions[]? | select(.chosen == null or .chosen == "") | "asked: " + .id][0]) // ([.phases[]? | select(.outcome == "block") | .summary][0]) // .status // empty' "$OUT" 2>/dev/null)
  fi
  printf '%s\t%s\t%s\n' "$verdict" "$name" "$(LC_ALL=C tr -d '\000-\010\013-\037\177' <<<"$said" | cut -c1-160)"
  [ $((SECONDS - begun)) -lt "${SLOW:-1000}" ] || echo "$name: $((SECONDS - begun)) s" >&2
}
functions_named() { declare -F | sed -n "s/^declare -f \($1_.*\)/\1/p"; }

rm -rf "$ROOT/template" "$CASE"
mkdir -p "$CASE/home" "$CASE/outside" "$ROOT/tmp"
echo "outside" >"$CASE/outside/file"
# shellcheck source=/dev/null
. "$ATTACKS/$CLASS.sh"
(set -e && prepare) >"$ROOT/shell" 2>&1 || {
  printf 'broken\tprepare\t%s\n' "$(tail -n 3 "$ROOT/shell" | tr '\n\t' '  ')" >>"$ROOT/results"
  exit 0
}
printf '#!/bin/sh\n' >"$CASE/repo/.git/hooks/post-commit"
chmod +x "$CASE/repo/.git/hooks/post-commit"
before=$(outside)
mv "$CASE" "$ROOT/template"

for function in $(functions_named try); do
  words=${function#try_}
  attack "${words//_/ }" "$function"
done
for i in "${!names[@]}"; do
  [ -z "$ONLY" ] || [[ ${names[i]} == *"$ONLY"* ]] || continue
  [ $((i % ${EVERY:-1})) -eq 0 ] || continue
  play "${names[i]}" "${functions[i]}" >>"$ROOT/results"
done
# A control whose canary sees nothing makes the class worth nothing.
for function in $(functions_named control); do
  result=$(play "$function" "$function")
  [[ $result == through* ]] || echo "broken	the canary is blind: ${result#*	}" >>"$ROOT/results"
done
