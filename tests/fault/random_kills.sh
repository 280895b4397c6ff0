#!/usr/bin/env bash
# Commands are killed at random instants, with every process that they have started, some of them again while they
# continue. The end is that of a run that nothing disturbed. KILLS: how many; SEED: of the instants.
. "$FAULT/lib.sh"
. "$FAULT/scene.sh"
RANDOM=$SEED

# Milliseconds that a command takes, of which any may be its last.
declare -A lasts
now() { date +%s%3N; }

# cut_off MILLISECONDS COMMAND…: 0 if the command was over before that.
cut_off() {
  local after=$1 pid
  shift
  MARK=$CASE/struck setsid "$PROGRAM/git-session" "$@" >"$CASE/out" 2>"$CASE/err" &
  pid=$!
  sleep "$(printf '%d.%03d' $((after / 1000)) $((after % 1000)))"
  { kill -KILL "-$pid" && wait "$pid"; } 2>/dev/null
  local code=$?
  [ "$code" = 137 ] && killed=$((killed + 1))
  return $((code == 137))
}

# What a command has started is over soon, too: gates have process groups of their own.
expect_no_survivor() {
  local tries process
  for tries in $(seq 200); do
    process=$(grep -lsz "^MARK=$CASE/struck" /proc/[0-9]*/environ | head -1)
    [ -n "$process" ] || return 0
    sleep 0.1
  done
  trouble 0 "$1: a process survives after $tries tries: $(tr '\0' ' ' <"${process%environ}cmdline")"
}

# finish WHAT COMMAND…: where git's own lock is in the way, it is removed as the message says.
finish() {
  local what=$1 lock
  shift
  for _ in 1 2 3 4 5 6; do
    if git session "$@" >"$CASE/out" 2>"$CASE/err"; then return; fi
    lock=$(cat "$CASE/out" "$CASE/err" | grep -o "'[^']*\.lock'" | tail -1 | tr -d "'")
    [ -e "${lock:-/none}" ] || break
    locks=$((locks + 1))
    rm "$lock"
  done
  trouble 0 "$what: $*: $(head -c 1500 "$CASE/err" "$CASE/out")"
}

# described: not the locks of git, nor what a process was just writing.
described() { describe 2>"$CASE/err" | grep -vE '\.lock$|/\.git-session-[^/]*\.tmp$'; }

# next_of SCENE: the command with which it continues from here; nothing if it is at its end.
next_of() {
  local state
  case $1 in
    close)
      state=$(state_of .orchestrator)
      if [ -e .git/git-session/close/journal.jsonl ]; then
        echo "close --continue --yes --json"
      elif grep -qs '^status: active' "$state"; then
        echo "close --yes --json"
      fi
      ;;
    restore)
      if [ -e .git/git-session/restore/journal.json ]; then
        echo "snapshot restore --continue"
      elif ! described | grep -v so-snapshots | cmp -s "$CASE/restore.end" -; then
        echo "snapshot restore saved --force"
      fi
      ;;
    start) [ -e "$(state_of .orchestrator)" ] || echo "start -q --plan ../plan.toml --scope mixed" ;;
    snapshot) echo "snapshot -q" ;;
    gc) echo "gc -q" ;;
  esac
}

end_of() { # SCENE
  if [ "$1" = restore ]; then described | grep -v so-snapshots; else described; fi
}

# scene NAME: the current repository is where it begins.
scene() {
  local began
  rm -rf "${CASE:?}/scene-$1"
  cp -a "$CASE/prepared" "$CASE/scene-$1"
  enter "$1" whole
  : >"$CASE/$1.end"
  began=$(now)
  # shellcheck disable=SC2046
  git session $(next_of "$1") >"$CASE/out" 2>"$CASE/err" || die "$1: undisturbed: $(cat "$CASE/err")"
  lasts[$1]=$(($(now) - began))
  end_of "$1" >"$CASE/$1.end"
  cd "$CASE/prepared/repo" || die "no scene"
}
enter() { # SCENE NAME
  rm -rf "${CASE:?}/struck" "${CASE:?}/whole"
  cp -a "$CASE/scene-$1" "$CASE/$2"
  cd "$CASE/$2/repo" || die "no copy"
}

strike() { # SCENE NUMBER
  local name=$1 what="kill $2 ($1)" command after
  enter "$name" struck
  what+=", at"
  for _ in 1 2 3; do
    command=$(next_of "$name")
    [ -n "$command" ] || break
    after=$((RANDOM * lasts[$name] / 32768))
    what+=" $after ms"
    # shellcheck disable=SC2086 # words
    if cut_off "$after" $command; then
      lasts[$name]=$((lasts[$name] * 4 / 5 + 1)) # a busy machine changes its pace
      break
    fi
    lasts[$name]=$((lasts[$name] * 21 / 20 + 1))
    expect_no_survivor "$what"
    [ $((RANDOM % 3)) = 0 ] || break
  done
  command=$(next_of "$name")
  # shellcheck disable=SC2086
  [ -z "$command" ] || finish "$what" $command
  end_of "$name" >"$CASE/described"
  cmp -s "$CASE/$name.end" "$CASE/described" ||
    trouble 0 "$what: another end: $(diff "$CASE/$name.end" "$CASE/described" | head -20)"
  git fsck --no-dangling >"$CASE/fsck" 2>&1 || trouble 0 "$what: $(cat "$CASE/fsck")"
}

set_the_scene
git config session.test-command 'sleep 0.05; test -e src/new'
scene start
git session start -q --plan ../plan.toml --scope mixed >/dev/null 2>&1 || die "start failed"
work_in_the_session
scene snapshot
GIT_TEST_DATE_NOW=1700000000 git session snapshot -q --session over >/dev/null || die "no snapshot"
scene gc
scene close
git session snapshot -q --label saved >/dev/null || die "no snapshot"
echo later >>src/a
echo later >untracked
echo later >created
git rm -q --cached lib/renamed
rm lib/b
scene restore

killed=0 locks=0
scenes=(close close restore restore start snapshot gc)
number=0
while [ "$killed" -lt "$KILLS" ]; do
  number=$((number + 1))
  strike "${scenes[$((number % ${#scenes[@]}))]}" "$number"
done
echo "$killed kills in $number runs ($RECORDS home), seed $SEED; $locks locks of git's removed by hand; $failures other ends"
[ "$failures" -eq 0 ] || give_up
