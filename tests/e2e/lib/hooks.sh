# shellcheck shell=bash
# Shared by the cases of `git session hooks`; sourced after lib.sh.

# A hook's call of the program is recorded in $CASE/calls: "NAME [argument]…", and for pre-push a line "< …" for each
# line of its standard input. It exits with the code in $CASE/answer, or is killed if that says so. Other calls go to
# the real program.
record_hooks() {
  cat >"$CASE/bin/git-session" <<'FAKE'
#!/bin/sh
[ "$1" = hook ] || exec "$PROGRAM/git-session" "$@"
shift
printf '%s' "$1" >>"$CASE/calls"
name=$1
shift
[ $# -eq 0 ] || printf ' [%s]' "$@" >>"$CASE/calls"
echo >>"$CASE/calls"
[ "$name" != pre-push ] || sed 's/^/< /' >>"$CASE/calls"
answer=$(cat "$CASE/answer" 2>/dev/null || echo 0)
[ "$answer" != killed ] || kill -9 $$
exit "$answer"
FAKE
  chmod +x "$CASE/bin/git-session"
  : >"$CASE/calls"
}
answer() { echo "$1" >"$CASE/answer"; }

# expect_calls LINE…: since the last time.
expect_calls() {
  local wanted=
  [ $# -eq 0 ] || wanted=$(printf '%s\n' "$@")
  [ "$(cat "$CASE/calls")" = "$wanted" ] || fail "other calls: $(cat "$CASE/calls")"
  : >"$CASE/calls"
}

# write_hook FILE TEXT…: an executable shell script.
write_hook() {
  mkdir -p "$(dirname -- "$1")"
  printf '#!/bin/sh\n' >"$1"
  printf '%s\n' "${@:2}" >>"$1"
  chmod +x "$1"
}

make_commit() { git commit -q --allow-empty -m "${1:-chore: nothing}"; }

# Every file of a directory (the hooks, or another one) with its mode, times and content.
describe_hooks() {
  local directory=${1:-$(git rev-parse --git-path hooks)}
  if [ -d "$directory" ]; then
    (cd "$directory" && find . -mindepth 1 \( -type l -printf '%p -> %l\n' -o -type f -printf '%p %m %T@ ' \
      -exec sha1sum {} \; -o -printf '%p %y %m\n' \) | LC_ALL=C sort)
  fi
}
remember_hooks() { describe_hooks "$@" >"$CASE/hooks-remembered"; }
expect_same_hooks() {
  describe_hooks "$@" >"$CASE/hooks-now"
  cmp -s "$CASE/hooks-remembered" "$CASE/hooks-now" ||
    fail "other hooks: $(diff "$CASE/hooks-remembered" "$CASE/hooks-now")"
}

# expect_state HOOK STATE [FILTER]: of `hooks status --json`.
expect_state() {
  expect_exit 0 git session hooks status --json
  expect_json '.hooks[] | select(.name == $hook) | .state == $state' --arg hook "$1" --arg state "$2"
  [ $# -lt 3 ] || expect_json ".hooks[] | select(.name == \$hook) | $3" --arg hook "$1"
}
