# shellcheck shell=bash
# The kinds of runs. Each gets an action and a point in the current copy of the scene, and leaves $code and $R/out.

strike() { # MODE AT [COMMAND]
  export FAULT_MODE=$1 FAULT_AT=$2 FAULT_COMMAND=${3:-true} FAULT_OUTPUT=$R/step.out FAULT_LOG=$R/points LD_PRELOAD=$SHIM
}

# The close, as its user calls it; the fault is set up in the environment.
closes() { # ARGUMENTS…
 
  env -u BESIDE_STEP "${SESSION[@]}" "$PROGRAM/git-session" close --yes --json "$@" >"$R/out" 2>"$R/err"
  code=$?
  { printf '%s: exit code %s\n' "close $*" "$code" && cat "$R/err"; } >>"$R/answers"
} 2>/dev/null

closes_disturbed() { # ACTION POINT
  if [ "${2%%[!0-9]*}" = "$2" ]; then
    (
      strike run "$2" "bash '$BESIDE/step' $1"
      closes
      exit "$code"
    )
  else
    (
      export BESIDE_AT=$2 BESIDE_ACTION=$1
      closes
      exit "$code"
    )
  fi
  code=$?
}

driver() { # STEP: the session's user acts
  when="before the person's $1"
  BESIDE_STEP=1 take_step "$1" driver >>"$R/driver.out" 2>&1
}

# Follows the hint, up to four times.
follow_hints() {
  local attempt
  for attempt in 1 2 3 4; do
    [ "$code" -ne 0 ] || return 0
    if grep -q "no active session\|there is no session" "$R/out" "$R/err" && [ "$(sessions_lines)" = 1 ]; then return 0; fi
    if [ "$(git symbolic-ref -q HEAD)" != refs/heads/main ] && [ ! -d .git/rebase-merge ]; then driver return; fi
    if grep -q "pull --rebase" "$R/out" "$R/err"; then driver pull; fi
    if [ -e .git/git-session/close/journal.jsonl ]; then closes --continue; else closes; fi
    echo "attempt $attempt: $code" >>"$R/attempts"
  done
}

acts_meanwhile() { # ACTION: while the close is stopped
  (bash "$BESIDE/step" "$1" >>"$R/step.out" 2>&1 </dev/null)
}

run_plain() {
  closes_disturbed "$1" "$2"
  follow_hints
}

# A hook refuses the second commit, and another process acts a minute later.
run_refused() {
  BESIDE_REFUSE=pre-commit.2 closes
  BESIDE_LATER=60 acts_meanwhile "$1"
  follow_hints
}

# Within the same second, as scripts and agents do.
run_refused-at-once() {
  BESIDE_REFUSE=pre-commit.2 closes
  acts_meanwhile "$1"
  follow_hints
}

run_rejected() {
  BESIDE_REFUSE=pre-push.1 closes
  acts_meanwhile "$1"
  follow_hints
}

# Another clone has pushed to the branch.
run_outrun() {
  acts_meanwhile push-elsewhere
  closes
  acts_meanwhile "$1"
  follow_hints
}

killed() { # POINT
  (
    strike kill "$1"
    closes
  ) 2>/dev/null
  code=137
}

run_killed() {
  killed "$2"
  acts_meanwhile "$1"
  follow_hints
}

aborts() {
  "$PROGRAM/git-session" close --abort --json >"$R/out" 2>"$R/err"
  code=$?
  { printf 'close --abort: exit code %s\n' "$code" && cat "$R/err"; } >>"$R/answers"
  case $code in
    0 | 1) ;;
    *) differs "abort: exit code $code: $(head -c 300 "$R/err")" ;;
  esac
  when="after --abort"
  compare_with_last
  # Seen from its branch.
  [ -e .git/git-session/close/journal.jsonl ] || [ "$(git symbolic-ref -q HEAD)" != refs/heads/main ] || session_is_open ||
    [ "$(sessions_lines)" = 1 ] || differs "the session is no longer open"
}

# Aborted, and closed again from the start.
run_killed-abort() {
  killed "$2"
  acts_meanwhile "$1"
  if [ -e .git/git-session/close/journal.jsonl ]; then aborts; fi
  closes
  follow_hints
}

run_continue-abort() {
  BESIDE_REFUSE="pre-commit.2 pre-commit.3" closes
  acts_meanwhile "$1"
  BESIDE_REFUSE="pre-commit.2 pre-commit.3" closes --continue
  if [ -e .git/git-session/close/journal.jsonl ]; then aborts; fi
  closes
  follow_hints
}

run_abort-continue() {
  BESIDE_REFUSE=pre-commit.2 closes
  acts_meanwhile "$1"
  if [ -e .git/git-session/close/journal.jsonl ]; then
    aborts
    if [ ! -e .git/git-session/close/journal.jsonl ]; then
      closes --continue
      [ "$code" -eq 1 ] || differs "--continue without a close to continue: exit code $code"
    fi
  fi
  closes
  follow_hints
}

failing() { # MODE ACTION POINT
  (
    strike "$1" "$3"
    closes
    exit "$code"
  )
  code=$?
  [ "$code" -lt 129 ] || differs "$1: exit code $code"
  acts_meanwhile "$2"
  follow_hints
}
run_full() { failing full "$@"; }
run_eio() { failing eio "$@"; }

# run_case RUN ACTION POINT: in a fresh copy; the differences are in $R/differences.
run_case() {
  local scene=plain
  [ "$2" != submodule-update ] || scene=submodule
  rm -rf "$copy"
  cp -a "$CASE/$scene" "$copy"
  export R=$copy/r
  cd "$copy/repo" || exit 1
  cp "$CASE/whole" "$R/whole"
  : >"$R/differences"
  : >"$R/gate.log"
  # In a run that stops, a file that is not committed yet; else alternating.
  export BESIDE_FILE=docs/c
  if [ "$1" = plain ] && [ $(($(cksum <<<"$2 $3" | cut -c1-4) % 2)) = 0 ]; then BESIDE_FILE=src/a; fi
  "run_$1" "$2" "$3"
  # shellcheck disable=SC2034 # read by lib.sh
  when="at the end"
  expect_end
}
