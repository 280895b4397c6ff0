#!/usr/bin/env bash
# A pause that shelves, and a resume, killed before any of their writing calls: either is finished by the same command, or
# taken back by the other one. A failing call leaves either state, or one that they finish. Others' work is never touched.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"

export SO_PLATFORM=claude
set_the_scene
mkdir .claude
state=$(state_of .claude)
git session start --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
work_in_the_session
chmod +x src/a
git add src/a
echo later >>src/a
ln -s nowhere src/link
echo intended >src/intended
git add -N src/intended
echo private >src/private
chmod 600 src/private

# Work tree and index, and whose the session is.
describe_work() {
  describe_files | grep -v -e '/STATE\.md' -e '/wave-scope\.json' -e '/session-plan\.toml' -e ' \./\.claude/$' -e '^\./\.claude/$'
  git ls-files --stage
  git diff --name-only --diff-filter=A # intent to add
  git status --porcelain -uall -- . ':!.claude'
  git symbolic-ref HEAD
  git rev-parse HEAD
}
# The end as a whole, but for what a kill has left until the next one cleans it up.
describe_end() {
  describe_work
  git for-each-ref
  (cd .git/git-session && find . -type f \( -path './sessions/*' -o -path './paused/*' -o -path './pauses/*' -o -path './baselines/*' -o -path './restore/*' -o -path './temp/*' \) -print0 | LC_ALL=C sort -z | digests)
  [ "$RECORDS" = private ] || { ls -A .claude 2>/dev/null; cat "$state" 2>/dev/null; }
}
is_paused() { git session status --json 2>/dev/null | jq -e '.session == null and (.paused | length) == 1' >/dev/null; }
is_active() { git session status --json 2>/dev/null | jq -e '.session != null and .paused == []' >/dev/null; }
same() { # POINT WHAT FILE DESCRIBE
  $4 >"$CASE/described"
  cmp -s "$CASE/$3" "$CASE/described" || trouble "$1" "$2: $(diff "$CASE/$3" "$CASE/described" | head -20)"
}
again() { # POINT WHAT COMMAND…
  local point=$1 what=$2
  shift 2
  git session "$@" >"$CASE/out" 2>"$CASE/err" || trouble "$point" "$what: $*: exit code $?: $(cat "$CASE/err")"
}
sound() { # POINT WHAT: nothing temporary, nothing locked, nothing damaged
  local left
  git session gc -q --older-than 10.years || trouble "$1" "$2: gc: exit code $?" # takes half-written files away
  rm -f .git/refs/so-snapshots/*/*.lock # the next one that wants the ref removes it, after a while
  left=$(find . \( -name '.git-session-*' -o -name '*.lock' -not -path '*/locks/*' -not -path '*/git-session/start.lock' -not -name bootstrap.lock -o -name 'next-index*' -o -path '*/restore/?*' -o -path '*/temp/?*' \) -print)
  [ -z "$left" ] || trouble "$1" "$2: left behind: $left"
  git fsck --strict --no-dangling >"$CASE/fsck" 2>&1 || trouble "$1" "$2: $(cat "$CASE/fsck")"
}
struck_in() { # POINT MODE COMMAND…: in a fresh copy
  local point=$1 mode=$2 code
  shift 2
  fresh struck
  struck "$point" "$mode" "$@"
  code=$?
  if [ "$mode" = kill ]; then
    [ "$code" = 137 ] || trouble "$point" "$*: kill: exit code $code: $(cat "$CASE/err")"
  else
    [ "$code" -lt 129 ] || trouble "$point" "$*: $mode: exit code $code: $(cat "$CASE/err")"
  fi
}

# The pause.
pause=(pause --shelve -m "a note")
describe_work >"$CASE/before"
fresh whole
count_points kill "${pause[@]}"
is_paused || die "not paused"
describe_work >"$CASE/out.work"
describe_end >"$CASE/out.end"
cmp -s "$CASE/before" "$CASE/out.work" && die "nothing was shelved"
git diff --quiet HEAD -- src lib || die "not as HEAD has it: $(git status --short)"
git session resume >/dev/null 2>"$CASE/err" || die "no way back: $(cat "$CASE/err")"
is_active || die "not resumed"
same 0 undisturbed before describe_work
echo "pause: $points points"

points_of() { (some_points "$1"; points_named 'journal|STATE|pauses|scope|plan|next-index|repo/index|link|rename' "$2") | sort -nu; }
for point in $(points_of 6 6); do
  struck_in "$point" kill "${pause[@]}"
  again "$point" pause "${pause[@]}"
  is_paused || trouble "$point" "not paused again"
  same "$point" again out.end describe_end
  sound "$point" again
  struck_in "$point" kill "${pause[@]}"
  if is_paused; then again "$point" back resume; fi
  is_active || trouble "$point" "neither paused nor active"
  same "$point" back before describe_work
  sound "$point" back
done
for kind in full eio; do
  # shellcheck disable=SC2034 # read by some_points
  kinds=$(kinds_of $kind)
  for point in $(some_points 4); do
    struck_in "$point" $kind "${pause[@]}"
    again "$point" $kind "${pause[@]}"
    is_paused || trouble "$point" "$kind: not paused again"
    same "$point" $kind out.work describe_work
    again "$point" $kind resume
    same "$point" "$kind, back" before describe_work
    sound "$point" $kind
  done
done

# The resume, of what was shelved. Another file is dirty by then.
cd "$CASE/prepared/repo" || die "no scene"
git session "${pause[@]}" >/dev/null 2>&1 || die "no pause"
echo meanwhile >>lib/meanwhile
describe_work >"$CASE/out.work"
fresh whole
count_points kill resume
is_active || die "not resumed"
describe_work >"$CASE/back.work"
describe_end >"$CASE/back.end"
echo "resume: $points points"
for point in $(points_of 6 6); do
  struck_in "$point" kill resume
  if is_paused; then again "$point" resume resume; fi
  is_active || trouble "$point" "not active again"
  same "$point" again back.end describe_end
  sound "$point" again
  struck_in "$point" kill resume
  is_active || {
    again "$point" back "${pause[@]}"
    is_paused || trouble "$point" "neither paused nor active"
    same "$point" back out.work describe_work
    sound "$point" back
  }
done
for kind in full eio; do
  # shellcheck disable=SC2034 # read by some_points
  kinds=$(kinds_of $kind)
  for point in $(some_points 4); do
    struck_in "$point" $kind resume
    if is_paused; then again "$point" $kind resume; fi
    is_active || trouble "$point" "$kind: not active again"
    same "$point" $kind back.work describe_work
    sound "$point" $kind
  done
done
[ "$failures" -eq 0 ] || give_up
