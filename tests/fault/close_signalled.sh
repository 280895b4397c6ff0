#!/usr/bin/env bash
# Ctrl-C and a terminating signal, to the whole process group: before writing calls of a close, while a gate runs, while
# git waits for a hook or a remote. Nothing is half done: --continue ends as a close that was never disturbed, and no
# process survives.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"

set_the_scene
git config session.test-command 'echo gate >>"$MARK.at"; test "$SLOW" != gate || sleep "$TAKES"; test -e src/new'
git session start -q --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
work_in_the_session
# shellcheck disable=SC2016
printf '#!/bin/sh\necho "$0" >>"$MARK.at"\ncase $0 in *"${SLOW:-none}") sleep "$TAKES" ;; esac\n' >.git/hooks/pre-commit
cp .git/hooks/pre-commit ../origin.git/hooks/pre-receive
cp .git/hooks/pre-commit .git/hooks/post-commit
chmod +x .git/hooks/p*-commit ../origin.git/hooks/pre-receive
journal=.git/git-session/close/journal.jsonl
export MARK=$CASE/mark SLOW='' TAKES=90

fresh whole
count_points kill close --yes --json
describe >"$CASE/whole.txt"
echo "$points points"

goes_on() { # POINT WHAT
  local code=0 process
  for _ in $(seq 200); do
    process=$(grep -lsz "^INSIDE=struck" /proc/[0-9]*/environ | head -1)
    [ -n "$process" ] || break
    sleep 0.1
  done
  [ -z "$process" ] || trouble "$1" "$2: a process survives: $(tr '\0' ' ' <"${process%environ}cmdline")"
  [ -z "$(find .git ../origin.git -name '*.lock' -not -path '.git/git-session/*')" ] ||
    trouble "$1" "$2: locks of git's are left: $(find .git ../origin.git -name '*.lock' -not -path '.git/git-session/*')"
  if [ -e $journal ]; then
    git session close --continue --yes --json >"$CASE/out" 2>"$CASE/err" || code=$?
  elif grep -qs '^status: active' "$(state_of .orchestrator)"; then
    git session close --yes --json >"$CASE/out" 2>"$CASE/err" || code=$?
  fi
  [ "$code" -eq 0 ] || trouble "$1" "$2: going on: exit code $code: $(cat "$CASE/err" "$CASE/out" | head -c 1500)"
  describe >"$CASE/described"
  cmp -s "$CASE/whole.txt" "$CASE/described" ||
    trouble "$1" "$2: another end: $(diff "$CASE/whole.txt" "$CASE/described" | head -20)"
}

for mode in int term; do
  for point in $(some_points 3); do
    fresh struck
    { INSIDE=struck FAULT_AT=$point FAULT_MODE=$mode LD_PRELOAD=$SHIM \
      setsid --wait "$PROGRAM/git-session" close --yes --json >"$CASE/out" 2>"$CASE/err"; } 2>/dev/null
    goes_on "$point" "$mode"
  done
done

# during WHAT SIGNAL: the signal goes to the group while that takes long.
during() {
  local pid tries
  fresh struck
  rm -f "$MARK.at"
  SLOW=$1 INSIDE=struck setsid env --default-signal=INT "$PROGRAM/git-session" close --yes --json >"$CASE/out" 2>"$CASE/err" &
  pid=$!
  for tries in $(seq 1200); do
    grep -qs "$1" "$MARK.at" && break
    sleep 0.05
  done
  [ "$tries" -lt 1200 ] || die "$1 has not begun: $(cat "$CASE/err" "$CASE/out")"
  { kill "-$2" "-$pid" && wait "$pid"; } 2>/dev/null && trouble 0 "$1, $2: exit code 0"
  goes_on 0 "$1, $2"
}
for signal in INT TERM; do
  for what in gate pre-commit post-commit pre-receive; do during $what $signal; done
done
[ "$failures" -eq 0 ] || give_up
